import { diceFrom } from '../../src/surveillance/engine/dice';
import { quietTimes, START } from '../../src/surveillance/engine/made-up-place.fixture';
import { DAY_MS } from '../../src/surveillance/engine/timeline';
import { unobservedOf } from './gaps';

const madeUp = (perDay: number, days: number, seed: number): number[] => {
  const counts = new Array<number>(days).fill(0);
  for (const at of quietTimes({ days, rate: () => perDay }, diceFrom(seed))) {
    const day = Math.floor((at - START) / DAY_MS);
    counts[day] = (counts[day] as number) + 1;
  }
  return counts;
};

/** Days of the only place that were found to be gaps, where days of none have no row. */
const gaps = (counts: readonly number[], isReported: (day: number) => boolean = () => true): readonly number[] => {
  const placed = counts.flatMap((times, day) => {
    const at = START + day * DAY_MS;
    const event = { place: 'all', occurredAt: at, knownAt: at };
    const where = { stream: undefined, latitude: undefined, longitude: undefined };
    return times > 0 && isReported(day) ? [{ event: { ...event, ...where }, hasTime: false, times }] : [];
  });
  const unobserved = unobservedOf({ placed, uncounted: [], step: 24 }).get('all') ?? new Map<number, number>();
  return [...unobserved.keys()].map((day) => day - Math.floor(START / DAY_MS));
};

describe('days without a row', () => {
  it.each([0.05, 0.1, 0.3, 1, 2])('are days of none where %d a day are counted and no zero is written', (perDay) => {
    const counts = madeUp(perDay, 700, 7);
    // A burst says nothing of quiet days.
    counts.splice(500, 3, 6, 2, 4);
    expect(gaps(counts)).toEqual([]);
  });

  it('are days of none where less happens than did, and are no gaps for ever', () => {
    expect(gaps([...madeUp(5, 200, 3), ...madeUp(0.3, 200, 4)]).filter((day) => day > 290)).toEqual([]);
  });

  it('are a gap where by what was known before they would be a wonder, whatever follows', () => {
    const isReported = (day: number) => day < 200 || day >= 260;
    const gap = Array.from({ length: 60 }, (_, day) => 200 + day);
    const counts = madeUp(5, 400, 5).map((count) => Math.max(1, count));
    expect(gaps(counts, isReported)).toEqual(gap);
    expect(gaps(counts.slice(0, 262), isReported)).toEqual(gap);
    // Who counts on workdays only, and many.
    const many = madeUp(25, 400, 5);
    expect(gaps(many, (day) => isReported(day) && day % 7 < 5)).toEqual(expect.arrayContaining([...gap, 41, 47, 48]));
  });
});
