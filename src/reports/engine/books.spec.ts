import fc from 'fast-check';
import { atOnce } from './at-once.fixture';
import { onlyUnknown } from './attack.fixture';
import { clockKinds } from '../../clocks';
import { bookShapes, clockBooks, type ReportBook } from '../report-books';
import { reportDefinitions } from '../report-definitions';
import { keysOf } from '../../kernel/vocabulary';
import { EVERYWHERE, keyOf, latticeOf, periods, type BaseCount, type Lattice } from './lattice';
import { solvable } from './solvable';
import { SMALL_CELL } from './sums';

/** Counted by the worlds of `every-report.spec.ts`, together with what they run on. */
const isOfClocks = (leaf: string): boolean =>
  /^(AT_ONCE|NOT_FOLLOWED|OFFER_.*|FOLLOW_UP_.*|INFO_PROVIDED_.*|ARRIVAL_DECIDED_.*)$/.test(leaf);

/** In each book: sets of measures of which everything counted has one each, as the facts are told. */
const partitions: Partial<Record<ReportBook, (leaves: readonly string[]) => readonly (readonly string[])[]>> = {
  OVERDOSES: (leaves) => [leaves.filter((leaf) => !leaf.includes('GIVEN')), ['GIVEN', 'NOT_GIVEN']],
  REFERRALS: (leaves) => [leaves.filter((leaf) => !leaf.includes('MISSED') && !isOfClocks(leaf))],
  OFFERS: (leaves) => [leaves.filter((leaf) => !isOfClocks(leaf))],
};
const books = keysOf(partitions);
const NOT_ACCEPTED = ['NEVER_OFFERED', 'OFFERED_ONLY'];

interface Fact {
  readonly county: number;
  readonly picks: readonly number[];
  readonly month: number;
  readonly group: number;
  readonly weight: number;
}
const factsOf = fc.array(
  fc.record({
    county: fc.nat(2),
    picks: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
    month: fc.integer({ min: 1, max: 12 }),
    group: fc.nat(3),
    weight: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 1, maxLength: 40 },
);
const VALUES = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'];

const countsOf = (book: ReportBook, facts: readonly Fact[]): BaseCount[] => {
  const counted = new Map<string, BaseCount>();
  const add = (one: BaseCount): void => {
    const key = [one.measure, one.countyFips, one.month, one.group?.value].join();
    counted.set(key, { ...one, count: one.count + (counted.get(key)?.count ?? 0) });
  };
  const sets = partitions[book]?.(bookShapes[book].leaves) ?? [];
  for (const { county, picks, month, group, weight } of facts) {
    const measures = sets.map((leaves, at) => leaves[(picks[at] as number) % leaves.length] as string);
    if (book === 'REFERRALS' && !NOT_ACCEPTED.includes(measures[0] as string)) {
      measures.push((picks[1] as number) % 4 === 0 ? 'MISSED' : 'NEVER_MISSED');
    }
    for (const measure of measures) {
      const where = { measure, countyFips: String(39001 + 2 * county), count: weight };
      add({ ...where, month, group: null });
      add({ ...where, month: null, group: { dimension: 'SEX', value: VALUES[group] as string } });
    }
  }
  return [...counted.values()];
};

const asked = fc.record({
  kind: fc.nat(),
  place: fc.nat(3),
  of: fc.constantFrom(
    ...Object.values(periods),
    VALUES.map((value) => `SEX=${value}`),
  ),
});
/** 10,200 pairs of questions in all three books. */
const RUNS = 17;
const PAIRS = 200;

interface Asked {
  readonly kind: number;
  readonly place: number;
  readonly of: readonly string[];
}

/** What the lattice shows of a report of this book. */
const shownOf = (lattice: Lattice, book: ReportBook, { kind, place, of }: Asked): [string, number][] => {
  const views = Object.values(reportDefinitions)
    .map(({ books: shown }) => shown[book])
    .filter((one) => one !== undefined);
  const measures = Object.keys(views[kind % views.length] ?? {});
  const places = [EVERYWHERE, ...lattice.places];
  const addresses = measures.flatMap((measure) =>
    of.map((one) => ({ measure, place: places[place % places.length] as string, of: one })),
  );
  return addresses.flatMap((address): [string, number][] => {
    const figure = lattice.figure(address);
    return figure === null ? [] : [[keyOf(address), figure]];
  });
};

/** Small figures among those known, and hidden ones that follow from them by one sum. */
const toldBy = (lattice: Lattice, known: ReadonlyMap<string, number>): unknown[] => [
  ...[...known].filter(([, figure]) => figure > 0 && figure < SMALL_CELL),
  ...lattice.sums.flatMap((sum) => {
    const left = onlyUnknown(sum, known);
    return left !== null && lattice.isHidden(left) ? [[left, sum]] : [];
  }),
];

describe('two reports of one book, asked one after the other', () => {
  it.each(books)('tell no small count of %s, neither as they are nor by their difference', (book) => {
    fc.assert(
      fc.property(factsOf, fc.array(fc.tuple(asked, asked), { minLength: PAIRS, maxLength: PAIRS }), (facts, pairs) => {
        const lattice = atOnce(latticeOf(countsOf(book, facts), bookShapes[book]));
        const told = pairs.flatMap((pair) =>
          toldBy(lattice, new Map(pair.flatMap((one) => shownOf(lattice, book, one)))),
        );
        expect(told).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('show what the book counts, and nothing else', () => {
    for (const book of Object.values(reportDefinitions).flatMap(({ books: shown }) => keysOf(shown))) {
      const { leaves, sums } = bookShapes[book];
      const counted = [...leaves, ...sums.map(({ total }) => total)];
      const views = Object.values(reportDefinitions).flatMap(({ books: shown }) => Object.keys(shown[book] ?? {}));
      expect(views.filter((measure) => !counted.includes(measure))).toEqual([]);
    }
  });

  it('hide nothing behind what is zero by what it means', () => {
    // Who was referred has a time to the referral, and nobody else has.
    const isNever = (cell: string): boolean =>
      /^REFERRED(_ONLY)?[|].*=NOT_YET$/.test(cell) || /^(NO_CONTACT|CONTACT_ONLY)[|].*=(?!NOT_YET)/.test(cell);
    const crowd = (countyFips: string, month: number, [measure, value, count]: readonly [string, string, number]) => [
      { measure, countyFips, month, group: null, count },
      { measure, countyFips, month: null, group: { dimension: 'TIME_TO_REFERRAL', value }, count },
    ];
    const counts = [
      ...crowd('39001', 9, ['NO_CONTACT', 'NOT_YET', 3]),
      ...crowd('39005', 9, ['REFERRED_ONLY', '1_TO_3_DAYS', 12]),
      ...crowd('39003', 12, ['CONTACT_ONLY', 'NOT_YET', 40]),
    ];
    const { sums, hiddenKeys } = atOnce(latticeOf(counts, bookShapes.OVERDOSES));
    expect(hiddenKeys).toContain('NO_CONTACT|39001|M09');
    expect(hiddenKeys.filter(isNever)).toEqual([]);
    expect(atOnce(solvable(sums, new Set(hiddenKeys)))).toEqual(new Set());
  });

  it('hide nothing where nobody is counted', () => {
    const alert = { measure: 'QUIET', countyFips: '39061', month: 5, group: null, count: 1 };
    expect(atOnce(latticeOf([alert], bookShapes.ALERTS)).figure({ measure: 'ALERTS', place: '39061', of: 'M05' })).toBe(
      1,
    );
  });
});

it('counts every kind of clock, or says how it ended in another way', () => {
  const counted: readonly string[] = Object.values(clockBooks).flatMap((things) =>
    things.flatMap(({ kinds }) => kinds),
  );
  const others = Object.keys(clockKinds).filter((kind) => !counted.includes(kind));
  // As came or missed in OFFERS; in `clockBreaches` only, for how long people stay is no report; as one of ADMISSION; as TIME_WAITED in WAITLIST.
  const elsewhere = ['HOLD_ENDS', 'STAY_CONFIRMED', 'ADMISSION_WITH_INTERIM', 'PLACE_FOUND'];
  // Cases of outreach are as many as overdoses: EVENT_PATH says how soon people were reached.
  expect(others.filter((kind) => !kind.startsWith('OUTREACH_'))).toEqual(elsewhere);
  expect(counted.filter((kind) => kind.startsWith('OUTREACH_'))).toEqual([]);
});
