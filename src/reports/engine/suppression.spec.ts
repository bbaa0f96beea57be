import fc from 'fast-check';
import { SMALL_CELL, type Sum } from './sums';
import { atOnce } from './at-once.fixture';
import { suppressed, type Hidden } from './suppression';
import { ZERO } from './table';
import { boundsOf } from './bounds';
import { solvable } from './solvable';

const table = (counts: Record<string, number>): Map<string, number> => new Map(Object.entries(counts));
const SINCE: Hidden = { since: '2026-01-05', coversSince: '2026-01-05' };
const WAS_ZERO: Hidden = { since: '2026-01-05', coversSince: ZERO };
const hiddenOf = (counts: ReadonlyMap<string, number>, sums: readonly Sum[], things = counts): ReadonlySet<string> =>
  atOnce(suppressed({ counts, things, sums }));

describe('what is not published', () => {
  it('covers nothing by a zero: where nothing else is left to hide, the total goes as well', () => {
    const counts = table({ whole: 20, a: 5, b: 3, c: 3, zero: 0, d: 9 });
    const parts = ['a', 'b', 'c', 'd', 'zero'];
    expect(hiddenOf(counts, [{ total: 'whole', parts }])).toEqual(new Set(['a', 'b', 'c', 'd']));
    const few = table({ whole: 11, a: 5, b: 3, c: 3, zero: 0 });
    expect(hiddenOf(few, [{ total: 'whole', parts: ['a', 'b', 'c', 'zero'] }])).toEqual(
      new Set(['whole', 'a', 'b', 'c']),
    );
  });

  it('is each count from 1 to 10, and neither zero nor eleven', () => {
    expect([...hiddenOf(table({ a: 0, b: 1, c: 10, d: 11 }), [])]).toEqual(['b', 'c']);
  });

  it('is a count of many that are few people', () => {
    const doses = table({ year: 30, spring: 12, summer: 18 });
    const uses = table({ year: 21, spring: 4, summer: 17 });
    const sum = { total: 'year', parts: ['spring', 'summer'] };
    expect(hiddenOf(doses, [sum], uses)).toEqual(new Set(['spring', 'summer']));
    // Four uses and five: nine people in all are hidden behind 30 doses, so the total goes as well.
    const few = table({ year: 9, spring: 4, summer: 5 });
    expect(hiddenOf(doses, [sum], few)).toEqual(new Set(['year', 'spring', 'summer']));
  });

  it('is a second part where the total is shown and only one is small', () => {
    const counts = table({ year: 100, spring: 3, summer: 40, autumn: 57 });
    const sum = { total: 'year', parts: ['spring', 'summer', 'autumn'] };
    expect([...hiddenOf(counts, [sum])]).toEqual(['spring', 'summer']);
  });

  it('is one more where those hidden come to less than eleven together', () => {
    const counts = table({ year: 60, a: 2, b: 3, c: 55 });
    expect(hiddenOf(counts, [{ total: 'year', parts: ['a', 'b', 'c'] }])).toEqual(new Set(['a', 'b', 'c']));
  });

  it('is one more where those hidden are hardly more than one each', () => {
    const months = Object.fromEntries(Array.from({ length: 11 }, (_, month) => [`m${month}`, 1]));
    const parts = [...Object.keys(months), 'm11'];
    expect(hiddenOf(table({ ...months, m11: 0, year: 11 }), [{ total: 'year', parts }])).toContain('year');
    expect(hiddenOf(table({ ...months, m11: 20, year: 31 }), [{ total: 'year', parts }])).toEqual(
      new Set(Object.keys({ ...months, m11: 20 })),
    );
  });

  it('is what lies beyond a zero, which covers nothing', () => {
    const counts = table({ all: 65, here: 5, january: 60, february: 0, there: 60, march: 0, april: 0 });
    const sums: Sum[] = [
      { total: 'all', parts: ['here', 'january'] },
      { total: 'there', parts: ['january', 'february'] },
      { total: 'april', parts: ['march'] },
    ];
    const hide = (hidden: ReadonlyMap<string, Hidden>) =>
      atOnce(suppressed({ counts, things: counts, sums }, { hidden, isOver: () => true }));
    expect(hide(new Map())).toEqual(new Set(['here', 'january', 'there']));
    // A month that was hidden and is empty now stays hidden, though nothing is left to hide it behind.
    expect(hide(new Map([['march', WAS_ZERO]]))).toContain('march');
    // What was zero last week is hidden anew, and so is what it hides behind.
    const grown = new Map([
      ['here', WAS_ZERO],
      ['january', SINCE],
    ]);
    expect(hide(grown)).toEqual(new Set(['here', 'january', 'there']));
  });

  it('is a figure of a neighbour, where the sums of the told one have nothing left to hide', () => {
    const counts = table({ a: 5, b: 6, whole: 11, shown: 17, rest: 5 });
    const sums: Sum[] = [
      { total: 'whole', parts: ['a', 'b'] },
      { total: 'shown', parts: ['whole', 'b'] },
      { total: 'whole', parts: ['b', 'rest'] },
    ];
    const things = table({ a: 5, b: 6, whole: 10, shown: 17, rest: 11 });
    expect(atOnce(solvable(sums, new Set(['a', 'b', 'whole'])))).toContain('a');
    expect(hiddenOf(counts, sums, things)).toEqual(new Set(['a', 'b', 'whole', 'shown', 'rest']));
  });

  it('is the total where nothing else is left to hide', () => {
    const counts = table({ year: 4, all: 4 });
    expect(hiddenOf(counts, [{ total: 'year', parts: ['all'] }])).toEqual(new Set(['year', 'all']));
    const alone = table({ year: 15, a: 4, b: 11 });
    expect(hiddenOf(alone, [{ total: 'year', parts: ['a', 'b'] }])).toEqual(new Set(['a', 'b']));
  });

  it('is what two sums tell together, though neither tells it alone', () => {
    // a + b and a + b + c are both shown, and so is their difference.
    const counts = table({ ab: 30, abcd: 75, a: 5, b: 25, c: 5, d: 40 });
    const sums: Sum[] = [
      { total: 'ab', parts: ['a', 'b'] },
      { total: 'abcd', parts: ['a', 'b', 'c', 'd'] },
    ];
    expect(atOnce(solvable(sums, new Set(['a', 'b', 'c'])))).toEqual(new Set(['c']));
    expect(hiddenOf(counts, sums)).toEqual(new Set(['a', 'b', 'c', 'd']));
  });

  it('is what hid a figure that is all taken back, where two sums tell that', () => {
    const counts = table({ ab: 30, abcd: 70, a: 5, b: 25, c: 0, d: 40 });
    const sums: Sum[] = [
      { total: 'ab', parts: ['a', 'b'] },
      { total: 'abcd', parts: ['a', 'b', 'c', 'd'] },
    ];
    const hidden = new Map([...['a', 'b', 'd'].map((cell): [string, Hidden] => [cell, SINCE]), ['c', WAS_ZERO]]);
    const hide = (cover: ReadonlyMap<string, Hidden>) =>
      atOnce(suppressed({ counts, things: counts, sums }, { hidden: cover, isOver: (cell) => cell === 'b' }));
    // With the zero known the other is told as well, and nothing as old is left: then the total goes.
    expect(hide(hidden)).toEqual(new Set(['a', 'b', 'c', 'd', 'abcd']));
  });

  it('is something newer, where nothing as old is left to hide', () => {
    const counts = table({ ab: 30, abcd: 75, a: 5, b: 25, c: 5, d: 40 });
    const sums: Sum[] = [
      { total: 'ab', parts: ['a', 'b'] },
      { total: 'abcd', parts: ['a', 'b', 'c', 'd'] },
    ];
    const hidden = new Map(['a', 'b', 'c'].map((cell) => [cell, SINCE]));
    expect(atOnce(suppressed({ counts, things: counts, sums }, { hidden, isOver: () => true }))).toEqual(
      new Set(['a', 'b', 'c', 'd']),
    );
  });

  it('is one more where bounds tell, to whoever knows that nothing hidden is zero', () => {
    // Of c and e neither is more than eleven, if b and f are one at least; and they are 22.
    const counts = table({ bc: 12, ce: 22, ef: 12, b: 1, c: 11, e: 11, f: 1 });
    const sums: Sum[] = [
      { total: 'bc', parts: ['b', 'c'] },
      { total: 'ce', parts: ['c', 'e'] },
      { total: 'ef', parts: ['e', 'f'] },
    ];
    const hidden = hiddenOf(counts, sums);
    const supposed = new Map([...counts].map(([cell, is]) => [cell, hidden.has(cell) ? { least: 1 } : { is }]));
    expect(atOnce(boundsOf(sums, supposed))).toEqual([]);
    expect(hidden.size).toBeGreaterThan(4);
  });

  it('is a figure of another sum, where the first has nothing left to hide', () => {
    const counts = table({ ab: 8, acd: 16, cd: 11, a: 5, b: 3, c: 5, d: 6 });
    const sums: Sum[] = [
      { total: 'ab', parts: ['a', 'b'] },
      { total: 'acd', parts: ['a', 'c', 'd'] },
      { total: 'cd', parts: ['c', 'd'] },
    ];
    expect(hiddenOf(counts, sums)).toEqual(new Set(['ab', 'a', 'b', 'c', 'd', 'acd']));
  });

  it('is what follows where younger figures are known, each by its own age', () => {
    const week: Readonly<Record<string, string>> = { a: '1', b: '1', c: '1', d: '2', e: '2', f: '2', g: '3' };
    const sums: Sum[] = [
      { total: 'one', parts: ['a', 'b', 'd'] },
      { total: 'two', parts: ['a', 'b', 'e'] },
      { total: 'three', parts: ['b', 'c', 'e', 'f'] },
      { total: 'four', parts: ['c', 'a', 'g'] },
      { total: 'five', parts: ['g', 'f'] },
    ];
    // With d to g known: a + b (twice), b + c, c + a. With g alone known also f, and so all of them.
    expect(atOnce(solvable(sums, new Set(Object.keys(week))))).toEqual(new Set(['c']));
    // A younger figure that several sums have in common falls out of them.
    const both: Sum[] = ['one', 'two'].map((total) => ({ total, parts: ['a', 'b', 'd'] }));
    expect(atOnce(solvable(both, new Set(['a', 'b', 'd']), { since: (cell) => week[cell] as string }))).toEqual(
      new Set(),
    );
    expect(atOnce(solvable(sums, new Set(Object.keys(week)), { since: (cell) => week[cell] ?? '' }))).toEqual(
      new Set(['a', 'b', 'c', 'f']),
    );
  });

  it('is all that was hidden, where it takes too much to say what may open, and everything where even that is too much', () => {
    const counts = table({ one: 75, two: 75, a: 5, b: 30, x: 40, y: 40 });
    const sums: Sum[] = [
      { total: 'one', parts: ['a', 'b', 'x'] },
      { total: 'two', parts: ['a', 'b', 'y'] },
    ];
    const hidden = new Map(['a', 'b', 'x', 'y'].map((cell) => [cell, SINCE]));
    const known = { hidden, isOver: () => false };
    const hide = (most: number, figures = { counts, things: counts, sums }) => atOnce(suppressed(figures, known, most));
    expect(hide(1000)).toEqual(new Set(['a', 'b']));
    expect(hide(1)).toEqual(new Set(['a', 'b', 'x', 'y']));
    const few = table({ one: 35, two: 35, a: 5, b: 30 });
    const twice = ['one', 'two'].map((total) => ({ total, parts: ['a', 'b'] }));
    expect(hide(1, { counts: few, things: few, sums: twice })).toEqual(new Set(few.keys()));
  });

  it('is a bridge between two blocks that each hide themselves', () => {
    const rows = [0, 1, 2, 3];
    const cell = (row: number, column: number): string => `r${row}c${column}`;
    const hidden = new Set([
      cell(0, 0),
      cell(0, 1),
      cell(1, 0),
      cell(1, 1),
      cell(1, 2),
      cell(2, 2),
      cell(2, 3),
      cell(3, 2),
      cell(3, 3),
    ]);
    const sums = rows.flatMap((one): Sum[] => [
      { total: `row${one}`, parts: rows.map((other) => cell(one, other)) },
      { total: `column${one}`, parts: rows.map((other) => cell(other, one)) },
    ]);
    expect(atOnce(solvable(sums, hidden))).toEqual(new Set([cell(1, 2)]));
  });
});

/** Counties × months with quarters and years, and sexes of each county’s year: the shape of every report. */
const grid = fc
  .array(
    fc.tuple(
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 11, max: 60 })), {
        minLength: 6,
        maxLength: 6,
      }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((counties) => {
    const counts = new Map<string, number>();
    const sums: Sum[] = [];
    const add = (total: string, parts: readonly string[]): void => {
      counts.set(
        total,
        parts.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0),
      );
      sums.push({ total, parts });
    };
    counties.forEach(([months, shares], county) => {
      months.forEach((count, month) => counts.set(`${county}/m${month}`, count));
      add(
        `${county}/q0`,
        [0, 1, 2].map((month) => `${county}/m${month}`),
      );
      add(
        `${county}/q1`,
        [3, 4, 5].map((month) => `${county}/m${month}`),
      );
      add(`${county}/year`, [`${county}/q0`, `${county}/q1`]);
      const year = counts.get(`${county}/year`) ?? 0;
      const women = Math.floor(year * (shares[0] ?? 0));
      counts.set(`${county}/women`, women);
      counts.set(`${county}/men`, year - women);
      sums.push({ total: `${county}/year`, parts: [`${county}/women`, `${county}/men`] });
    });
    for (const part of ['year', 'women', 'men', 'q0', 'q1']) {
      add(
        `all/${part}`,
        counties.map((_, county) => `${county}/${part}`),
      );
    }
    sums.push({ total: 'all/year', parts: ['all/women', 'all/men'] });
    sums.push({ total: 'all/year', parts: ['all/q0', 'all/q1'] });
    return { counts, sums };
  });

describe('whatever is asked and subtracted', () => {
  it('tells no hidden figure, and shows no small one', () => {
    fc.assert(
      fc.property(grid, ({ counts, sums }) => {
        const hidden = hiddenOf(counts, sums);
        for (const [cell, count] of counts) if (count > 0 && count < SMALL_CELL) expect(hidden.has(cell)).toBe(true);
        expect([...hidden].filter((cell) => counts.get(cell) === 0)).toEqual([]);
        expect(atOnce(solvable(sums, hidden))).toEqual(new Set());
        const supposed = new Map([...counts].map(([cell, is]) => [cell, hidden.has(cell) ? { least: 1 } : { is }]));
        expect(atOnce(boundsOf(sums, supposed))).toEqual([]);
        for (const { total, parts } of sums) {
          const inside = parts.filter((part) => hidden.has(part));
          if (hidden.has(total) || inside.length === 0) continue;
          expect(inside.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0)).toBeGreaterThanOrEqual(SMALL_CELL);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves figures that endanger nobody as they are', () => {
    fc.assert(
      fc.property(grid, ({ counts, sums }) => {
        if ([...counts.values()].every((count) => count === 0 || count >= SMALL_CELL)) {
          expect(hiddenOf(counts, sums)).toEqual(new Set());
        }
      }),
      { numRuns: 100 },
    );
  });
});
