import { faultNames, type FaultName } from './faults';
import { dealt } from './schedule';

const take = (cards: Iterator<FaultName, never>, count: number): FaultName[] =>
  Array.from({ length: count }, () => cards.next().value);

describe('the pack of faults', () => {
  it('is dealt to two hands so that each fault is played before any is played again, the same for the same seed', () => {
    const plan = { seed: 7, names: faultNames };
    const half = faultNames.length / 2;
    const [one, two] = [dealt(plan, 0, 2), dealt(plan, 1, 2)];
    const rounds = [0, 1].map(() => [...take(one, half), ...take(two, half)]);
    for (const round of rounds) expect([...round].sort()).toEqual([...faultNames].sort());
    expect(rounds[0]).not.toEqual(rounds[1]);
    expect(take(dealt(plan, 0, 2), half)).toEqual(rounds[0]?.slice(0, half));
    expect(take(dealt({ ...plan, seed: 8 }, 0, 2), half)).not.toEqual(rounds[0]?.slice(0, half));
  });

  it('of one fault is played by one hand again and again', () => {
    expect(take(dealt({ seed: 1, names: ['roll-over'] }, 0, 1), 3)).toEqual(['roll-over', 'roll-over', 'roll-over']);
  });
});
