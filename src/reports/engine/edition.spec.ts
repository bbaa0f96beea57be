import fc from 'fast-check';
import { atOnce } from './at-once.fixture';
import { byDifferences, isThorough, toldByAny, type Seen } from './attack.fixture';
import { hiddenSince, isOverBy, standingsOf, withZeros, type HiddenSince } from './edition';
import { EVERYWHERE, latticeOf, type BaseCount, type Lattice, type ReportShape } from './lattice';
import { suppressed, type Known } from './suppression';

const SHAPE: ReportShape = {
  isAboutPeople: true,
  leaves: ['DEATHS', 'NO_CONTACT', 'CONTACTED'],
  sums: [
    { total: 'SURVIVED', parts: ['NO_CONTACT', 'CONTACTED'] },
    { total: 'EVENTS', parts: ['DEATHS', 'SURVIVED'] },
  ],
};
const COUNTIES = ['39001', '39003', '39005'];
const SEXES = ['FEMALE', 'MALE', 'UNKNOWN'];

/** Survived overdoses, or deaths, of one sort; fewer than none: so many were taken back. */
interface Crowd {
  readonly countyFips: string;
  readonly month: number;
  readonly sex: string;
  readonly how: string;
  readonly many: number;
}

const countsOf = (crowds: readonly Crowd[]): BaseCount[] => {
  const counted = new Map<string, BaseCount>();
  for (const { countyFips, month, sex, how: measure, many } of crowds) {
    for (const at of [
      { month, group: null },
      { month: null, group: { dimension: 'SEX', value: sex } },
    ]) {
      const key = [measure, countyFips, at.month, at.group?.value].join();
      counted.set(key, { measure, countyFips, ...at, count: (counted.get(key)?.count ?? 0) + many });
    }
  }
  return [...counted.values()].filter(({ count }) => count > 0);
};

const isAfterApril = (cell: string): boolean => /\|(M0[5-9]|M1\d|Q3|Q4)$/.test(cell);

/** An edition, and the counts that it is laid out from, hidden ones with them. */
interface Told {
  readonly lattice: Lattice;
  readonly counts: ReadonlyMap<string, number>;
}

/** Editions one after the other, each with what came in until then. `rules` of the week. */
const editionsOf = (weeks: readonly (readonly Crowd[])[], rules: (week: number) => Pick<Known, 'isOver'>): Told[] => {
  let before: { readonly counts: readonly BaseCount[]; readonly hidden: HiddenSince } = { counts: [], hidden: {} };
  return weeks.map((_, week) => {
    const base = withZeros(countsOf(weeks.slice(0, week + 1).flat()), before.counts);
    const known: Known = { hidden: standingsOf(before.hidden), ...rules(week) };
    let counts: ReadonlyMap<string, number> = new Map();
    const hide: typeof suppressed = (figures) => ((counts = figures.counts), suppressed(figures, known));
    const lattice = atOnce(latticeOf(base, SHAPE, hide));
    before = { counts: base, hidden: hiddenSince(`2026-01-${10 + week}`, lattice, before.hidden) };
    return { lattice, counts };
  });
};
const running = () => ({ isOver: () => false });
const over = () => ({ isOver: () => true });

const shownOf = (editions: readonly Told[], place: string, of: string, measure = 'EVENTS') =>
  editions.map(({ lattice }) => lattice.figure({ measure, place, of }));

const seen = ({ lattice, counts }: Told): Seen => ({
  ...{ sums: lattice.sums, counts },
  isHidden: (cell) => lattice.isHidden(cell),
});
const told = (editions: readonly Told[], attacker: Parameters<typeof toldByAny>[1] = {}): string[] =>
  toldByAny(editions.map(seen), attacker);

const crowd = fc.record({
  countyFips: fc.constantFrom(...COUNTIES),
  month: fc.integer({ min: 1, max: 4 }),
  sex: fc.constantFrom(...SEXES),
  how: fc.constantFrom(...SHAPE.leaves),
  many: fc.constantFrom(1, 1, 2, 3, 7, 10, 12, 40),
});
/** What comes in, and which of what has come in is taken back. */
const later = fc.tuple(fc.array(crowd, { maxLength: 3 }), fc.array(fc.nat(30), { maxLength: 1 }));
/** `left`: of what is taken back so many stay. */
const grownLeaving = (left: number) =>
  fc
    .tuple(fc.array(crowd, { minLength: 1, maxLength: 25 }), ...new Array<typeof later>(3).fill(later))
    .map(([first, ...weeks]) => {
      const there = [...first];
      return [
        first,
        ...weeks.map(([more, taken]) => {
          there.push(...more);
          const back = taken.flatMap((at) => there.splice(at % there.length, 1));
          return [...more, ...back.map((one) => ({ ...one, many: left - one.many }))];
        }),
      ];
    });
const runs = (seed: number) => (isThorough ? { numRuns: 1000, endOnFailure: true } : { numRuns: 5, seed });

const one = (countyFips: string, month: number, many: number): Crowd => ({
  ...{ countyFips, month, many },
  ...{ sex: 'FEMALE', how: 'NO_CONTACT' },
});
const region = [one('39001', 1, 10), one('39003', 1, 60), one('39001', 2, 60), one('39003', 2, 60)];

describe('editions one after the other', () => {
  it('do not show an eleven that was a hidden ten, and keep hidden what hid it', () => {
    const editions = editionsOf([region, [one('39001', 1, 1)]], over);
    expect(shownOf(editions, '39001', 'M01')).toEqual([null, null]);
    expect(new Set(editions[1]?.lattice.hiddenKeys)).toEqual(new Set(editions[0]?.lattice.hiddenKeys));
  });

  it('show a hidden figure again while its period runs, from 22 on', () => {
    const after = (more: number, rules = running) =>
      shownOf(editionsOf([region, [one('39001', 1, more)]], rules), '39001', 'M01');
    expect(after(11)).toEqual([null, null]);
    expect(after(12)).toEqual([null, 22]);
    expect(after(400, over)).toEqual([null, null]);
  });

  it('hide again behind what was hidden before, not behind what has been shown', () => {
    // The county’s other month hid the ten; in the next edition another is smaller, and has been shown.
    const small = [one('39001', 1, 5), one('39001', 2, 30), one('39001', 3, 40)];
    const editions = editionsOf([small, [one('39001', 2, 30)]], running);
    expect(['M01', 'M02', 'M03'].map((of) => shownOf(editions, '39001', of))).toEqual([
      [null, null],
      [null, null],
      [40, 40],
    ]);
  });

  it('hide behind what has been hidden as long, not since last week only', () => {
    // March was zero in the first edition: it hides nothing of January, and February may not open.
    const places = [one('39003', 1, 60), one('39003', 2, 60), one('39003', 3, 60)];
    const first = [one('39001', 1, 10), one('39001', 2, 40), ...places];
    const editions = editionsOf([first, [one('39001', 3, 1)], [], []], running);
    expect(['M01', 'M02', 'M03', 'Q1'].map((of) => shownOf(editions, '39001', of))).toEqual([
      [null, null, null, null],
      [null, null, null, null],
      [0, null, null, null],
      [50, 51, 51, 51],
    ]);
    expect(told(editions)).toEqual([]);
  });

  it('hide nothing behind a month to come, of which anybody knows that it is zero', () => {
    // In April, small figures of April and its quarter: May and the third quarter are no cover.
    const sort = (countyFips: string, month: number, sex: string, [how, many]: readonly [string, number]): Crowd => ({
      ...{ countyFips, month, sex, how, many },
    });
    const april = [
      sort('39003', 2, 'UNKNOWN', ['CONTACTED', 10]),
      sort('39003', 4, 'FEMALE', ['NO_CONTACT', 1]),
      sort('39003', 4, 'MALE', ['CONTACTED', 12]),
      sort('39005', 1, 'MALE', ['CONTACTED', 1]),
      sort('39005', 2, 'MALE', ['DEATHS', 1]),
    ];
    const editions = editionsOf([april], running);
    expect(told(editions, { isSurelyZero: isAfterApril })).toEqual([]);
    expect(editions[0]?.lattice.hiddenKeys.filter(isAfterApril)).toEqual([]);
  });

  it('keep hidden what was all taken back, with what it was hidden with', () => {
    const places = [one('39001', 1, 5), one('39003', 1, 60), one('39005', 1, 60)];
    const editions = editionsOf([places, [one('39001', 1, -5)]], running);
    const [first, second] = editions as [Told, Told];
    expect(shownOf(editions, '39001', 'M01')).toEqual([null, null]);
    expect(shownOf(editions, EVERYWHERE, 'M01')).toEqual([125, 120]);
    expect(first.lattice.hiddenKeys.filter((key) => !second.lattice.isHidden(key))).toEqual([]);
  });

  it('tell nothing that they all hide, whatever came in or was taken back and whoever knows it', () => {
    fc.assert(
      fc.property(grownLeaving(1), fc.nat(4), (weeks, overFrom) => {
        const editions = editionsOf(weeks, (week) => ({ isOver: () => week >= overFrom }));
        expect(told(editions, { isSurelyZero: isAfterApril })).toEqual([]);
        const last = editions.at(-1) as Told;
        for (const { lattice } of editions.slice(overFrom).slice(0, -1)) {
          expect(lattice.hiddenKeys.filter((key) => !last.lattice.isHidden(key) && last.counts.get(key) !== 0)).toEqual(
            [],
          );
        }
      }),
      runs(1),
    );
  });

  it('tell nothing by differences to whoever saw all of a figure taken back', () => {
    fc.assert(
      fc.property(grownLeaving(0), fc.nat(4), (weeks, overFrom) => {
        const editions = editionsOf(weeks, (week) => ({ isOver: () => week >= overFrom }));
        expect(told(editions, { isSurelyZero: isAfterApril, attacks: [byDifferences] })).toEqual([]);
      }),
      runs(2),
    );
  });

  it('show all counties together where each is small, and hide its zeros with its ones', () => {
    // Who takes each hidden month for one at least finds three in each county, and knows that there are 36.
    const counties = Array.from({ length: 12 }, (_, at) => String(39001 + 2 * at));
    const first = counties.flatMap((county) => [one(county, 1, 1), one(county, 2, 1), one(county, 3, 1)]);
    const weeks = [
      [...first, one('39001', 2, 1), one('39001', 3, -1)],
      [one('39001', 4, 12), one('39003', 4, 12)],
    ];
    const editions = editionsOf(weeks, running);
    expect(['M01', 'M02', 'M03', 'Y'].map((of) => shownOf(editions, EVERYWHERE, of))).toEqual([
      [12, 12],
      [13, 13],
      [11, 11],
      [36, 60],
    ]);
    // Nobody had one in April in the first week, as anybody sees; in the second only two had.
    expect(['M02', 'M03', 'M04'].map((of) => shownOf(editions.slice(0, 1), '39001', of))).toEqual([
      [null],
      [null],
      [0],
    ]);
    expect(shownOf(editions, '39005', 'M03')).toEqual([null, null]);
    expect(told(editions)).toEqual([]);
  });

  it('show a zero that follows from what is shown, also beside what is hidden', () => {
    const [edition] = editionsOf([[one('39001', 1, 5), one('39003', 1, 60), one('39003', 2, 60)]], running) as [Told];
    expect(['M01', 'M02', 'Y'].map((of) => shownOf([edition], '39001', of))).toEqual([[null], [0], [null]]);
  });

  it('forget a figure of a measure that is counted no more', () => {
    const hidden = new Map([['ONCE|39001|M01', { since: '2026-01-05', coversSince: '2026-01-05' }]]);
    const known = { hidden, isOver: () => true };
    const lattice = atOnce(latticeOf(countsOf(region), SHAPE, (figures) => suppressed(figures, known)));
    expect(lattice.isHidden('ONCE|39001|M01')).toBe(false);
  });
});

describe('what an edition keeps', () => {
  const hides = (things: Readonly<Record<string, number>>) => ({
    hiddenKeys: Object.keys(things),
    thingsOf: (key: string) => things[key] ?? 0,
  });

  it('is since which week each figure has been hidden without a break, and since when not as zero', () => {
    const first = hiddenSince('2026-01-05', hides({ a: 5, b: 40 }), {});
    const second = hiddenSince('2026-01-12', hides({ b: 7, c: 3 }), first);
    expect(second).toEqual({ '2026-01-05': ['b'], '2026-01-12': ['c'] });
    const third = hiddenSince('2026-01-19', hides({ a: 1, b: 9, c: 0 }), second);
    expect(third).toEqual({ '2026-01-05': ['b'], '2026-01-19': ['a'], '2026-01-12/zero': ['c'] });
    expect([...standingsOf(second)]).toEqual([
      ['b', { since: '2026-01-05', coversSince: '2026-01-05' }],
      ['c', { since: '2026-01-12', coversSince: '2026-01-12' }],
    ]);
    // What was none and has grown covers others anew.
    const fourth = hiddenSince('2026-01-26', hides({ c: 4 }), third);
    expect(fourth).toEqual({ '2026-01-12/2026-01-26': ['c'] });
    expect(hiddenSince('2026-02-02', hides({ c: 2 }), fourth)).toEqual(fourth);
  });

  it('is that a zero was hidden as one, and it is hidden anew when it grows', () => {
    const first = hiddenSince('2026-01-05', hides({ a: 5, d: 0 }), {});
    expect(first).toEqual({ '2026-01-05': ['a'], '2026-01-05/zero always': ['d'] });
    expect(hiddenSince('2026-01-12', hides({ a: 5, d: 0 }), first)).toEqual(first);
    expect(hiddenSince('2026-01-12', hides({ a: 5, d: 4 }), first)).toEqual({
      '2026-01-05': ['a'],
      '2026-01-12': ['d'],
    });
  });

  it('is a zero for what is counted no more', () => {
    const before = countsOf([one('39001', 1, 4), one('39003', 1, 5)]);
    const now = countsOf([one('39003', 1, 6)]);
    const zeros = countsOf([one('39001', 1, 4)]).map((gone) => ({ ...gone, count: 0, things: 0 }));
    expect(withZeros(now, before)).toEqual([...now, ...zeros]);
  });
});

describe('a period', () => {
  const cell = (of: string): string => `EVENTS|${EVERYWHERE}|${of}`;

  it('is over a month after its end, late reports included', () => {
    const isOver = (of: string, asOf: string) => isOverBy(2026, new Date(asOf))(cell(of));
    expect([isOver('M01', '2026-03-03T23:59:59Z'), isOver('M01', '2026-03-04T00:00:00Z')]).toEqual([false, true]);
    expect([isOver('Q1', '2026-05-01T23:59:59Z'), isOver('Q1', '2026-05-02T00:00:00Z')]).toEqual([false, true]);
    for (const whole of ['Y', 'SEX=FEMALE', 'PROGRAM=A|M01']) {
      expect([isOver(whole, '2027-01-31T23:59:59Z'), isOver(whole, '2027-02-01T00:00:00Z')]).toEqual([false, true]);
    }
  });
});
