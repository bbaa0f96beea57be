import { sameName } from './same-name';

describe('a name that is known again', () => {
  it('is one whatever comes first, and however it is written', () => {
    const same = ['Ana Núñez', 'NUÑEZ, Ana', ' ana  nunez. '].map(sameName);
    expect(new Set(same)).toEqual(new Set(['ana nunez']));
    expect(sameName('Ana Nunes')).not.toBe('ana nunez');
  });

  it('is one with a middle initial, a suffix, or both, and keeps two words of whatever there is', () => {
    const same = ['John Smith', 'John A. Smith', 'SMITH, John A., Jr.', 'John Smith III', 'John Smith Sr'].map(
      sameName,
    );
    expect(new Set(same)).toEqual(new Set(['john smith']));
    expect(sameName('John Adam Smith')).toBe('adam john smith');
    expect([sameName('J. Smith'), sameName('X'), sameName('Junior')]).toEqual(['j smith', 'x', 'junior']);
  });

  it('is none without letters', () => {
    expect(sameName('12 – ?')).toBeNull();
  });
});
