import { sameName } from './same-name';

describe('a name that is known again', () => {
  it('is one whatever comes first, and however it is written', () => {
    const same = ['Ana Núñez', 'NUÑEZ, Ana', ' ana  nunez. '].map(sameName);
    expect(new Set(same)).toEqual(new Set(['ana nunez']));
    expect(sameName('Ana Nunes')).not.toBe('ana nunez');
  });

  it('is none without letters', () => {
    expect(sameName('12 – ?')).toBeNull();
  });
});
