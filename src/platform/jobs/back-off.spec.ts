import { BackOff } from './back-off';

describe('a back-off', () => {
  it('rests twice as long after each failure, ten minutes at most, and not at all once it went well', () => {
    let now = 0;
    const backOff = new BackOff(() => now);
    const rests: number[] = [];
    for (let time = 0; time < 7; time++) {
      backOff.failed('a');
      const from = now;
      while (backOff.resting().length > 0) now += 1_000;
      rests.push((now - from) / 1_000);
    }
    expect(rests).toEqual([20, 40, 80, 160, 320, 600, 600]);
    backOff.failed('b');
    backOff.done('a');
    backOff.failed('a');
    expect(backOff.resting()).toEqual(['b', 'a']);
    now += 20_000;
    expect(backOff.resting()).toEqual([]);
  });

  it('forgets whom it has not seen for long', () => {
    let now = 0;
    const backOff = new BackOff(() => now);
    for (let time = 0; time < 4; time++) backOff.failed('a');
    now += 800_000;
    expect(backOff.resting()).toEqual([]);
    backOff.failed('a');
    now += 20_000;
    expect(backOff.resting()).toEqual([]);
  });
});
