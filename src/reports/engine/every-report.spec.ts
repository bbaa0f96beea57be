import fc from 'fast-check';
import { keysOf } from '../../kernel/vocabulary';
import { reportBooks, bookShapes, type ReportBook } from '../report-books';
import { reportDefinitions } from '../report-definitions';
import { atOnce } from './at-once.fixture';
import { boundsOf } from './attack.fixture';
import { EVERYWHERE, keyOf, latticeOf, monthOf, periods, quarterOf, type BaseCount, type Lattice } from './lattice';
import { solvable } from './solvable';
import { SMALL_CELL, type Sum } from './sums';

/**
 * Whoever asks for everything: all reports of a year, by all periods and facts, of all counties. What they know of how figures hang
 * together is written down here by itself, from what is said of the reports and of the rules, and not taken from the lattices.
 */
const COUNTIES = ['39001', '39003'];
const SEXES = ['FEMALE', 'MALE', 'UNKNOWN'];
const ENDS = ['MET', 'BREACHED', 'OTHER'];

interface Thing {
  readonly book: ReportBook;
  readonly county: string;
  readonly month: number;
  readonly sex: string;
  /** Measures with how many of each it is. */
  readonly measures: readonly (readonly [string, number])[];
}

const where = {
  county: fc.constantFrom(...COUNTIES),
  month: fc.integer({ min: 1, max: 4 }),
  sex: fc.constantFrom(...SEXES),
};
const end = fc.constantFrom(...ENDS);
const once = (...measures: string[]): (readonly [string, number])[] => measures.map((one) => [one, 1]);

/** A referral with its offers, their clocks, its wait and what followed. All programs review, which is public: each offer has both clocks. */
const offer = fc
  .record({
    ...where,
    how: fc.constantFrom('CAME', 'MISSED', 'EXPIRED', 'WITHDRAWN', 'DECLINED_NO_PLACE'),
    acknowledged: end,
    decided: end,
  })
  .map(({ how, acknowledged, decided, ...at }): Thing => ({
    ...at,
    book: 'OFFERS',
    measures: once(how, `OFFER_ACKNOWLEDGED_${acknowledged}`, `OFFER_DECIDED_${decided}`),
  }));
const wait = fc
  .record({
    ...where,
    how: fc.constantFrom('STILL_WAITING', 'PLACED', 'REMOVED'),
    contact: end,
    interim: end,
    bridge: fc.constantFrom(...ENDS, 'NONE'),
  })
  .map(({ how, contact, interim, bridge, ...at }): Thing => ({
    ...at,
    book: 'WAITS',
    measures: once(
      ...[how, `WAITLIST_CONTACT_${contact}`, `INTERIM_SERVICES_${interim}`, 'ADMISSION_NONE'],
      ...[`BRIDGE_ENDS_${bridge}`, 'INTERIM_METHADONE_ENDS_NONE'],
    ),
  }));
const referral = fc
  .record({ ...where, step: fc.constantFrom('NEVER_OFFERED', 'ADMITTED_ONLY', 'DAY_30_ONLY'), one: end, other: end })
  .map(({ step, one, other, ...at }): Thing => ({
    ...at,
    book: 'REFERRALS',
    measures:
      step === 'NEVER_OFFERED'
        ? once(step, 'NOT_FOLLOWED', `INFO_PROVIDED_${one}`)
        : once(
            ...[step, 'NEVER_MISSED', `FOLLOW_UP_DAY_30_${one}`, `FOLLOW_UP_DAY_90_${other}`],
            ...['INFO_PROVIDED_NONE', `ARRIVAL_DECIDED_${other}`],
          ),
  }));
const overdose = fc
  .record({ ...where, how: fc.constantFrom('DEATHS', 'NO_CONTACT', 'CONTACT_ONLY'), given: fc.boolean() })
  .map(({ how, given, ...at }): Thing => ({
    ...at,
    book: 'OVERDOSES',
    measures: once(how, given ? 'GIVEN' : 'NOT_GIVEN'),
  }));
/** Every survived overdose opens one case of outreach, every death one for the family, and each case runs its clocks. */
const caseOf = ({ measures, ...at }: Thing): Thing => {
  const isDeath = measures.some(([measure]) => measure === 'DEATHS');
  const kinds = isDeath ? ['OUTREACH_FAMILY_VISIT', 'OUTREACH_FAMILY_STOP'] : ['OUTREACH_VISIT', 'OUTREACH_STOP'];
  const runs = [...kinds, 'OUTREACH_ACKNOWLEDGED', 'OUTREACH_ASSIGNED'].map((kind) => `${kind}_MET`);
  return { ...at, book: 'CLOCKS', measures: once(...runs.filter((one) => bookShapes.CLOCKS.leaves.includes(one))) };
};
const withCases = (things: readonly Thing[]): Thing[] => [
  ...things,
  ...things.filter(({ book }) => book === 'OVERDOSES').map(caseOf),
];
const exposure = fc.record({ ...where, review: end, later: end }).map(({ review, later, ...at }): Thing => ({
  ...at,
  book: 'CLOCKS',
  measures: once(`EXPOSURE_REVIEWED_${review}`, `EXPOSURE_FOLLOWED_UP_${later}`),
}));
const dose = fc.record({ ...where, doses: fc.integer({ min: 1, max: 4 }) }).map(({ doses, ...at }): Thing => ({
  ...at,
  book: 'DOSES',
  measures: [
    ['REVERSAL', doses],
    ['REVERSAL_TIMES', 1],
  ],
}));
/** Crowds of one sort: so that some figures are large and their neighbours small. */
const world = fc.array(
  fc.tuple(fc.oneof(offer, wait, referral, overdose, exposure, dose), fc.constantFrom(1, 1, 2, 3, 7, 12, 40)),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const people = (crowds: readonly (readonly [Thing, number])[]): Thing[] =>
  withCases(crowds.flatMap(([thing, many]) => new Array<Thing>(many).fill(thing)));

const countsOf = (book: ReportBook, things: readonly Thing[]): BaseCount[] => {
  const counted = new Map<string, { -readonly [Key in keyof BaseCount]: BaseCount[Key] } & { things: number }>();
  for (const { county: countyFips, month, sex, measures } of things.filter((one) => one.book === book)) {
    for (const [measure, weight] of measures) {
      const group = { dimension: 'SEX', value: sex };
      for (const at of [
        { month, group: null },
        { month: null, group },
      ] as const) {
        const key = [measure, countyFips, at.month, at.group?.value].join();
        const before = counted.get(key) ?? { measure, countyFips, ...at, count: 0, things: 0 };
        counted.set(key, { ...before, count: before.count + weight, things: before.things + 1 });
      }
    }
  }
  return [...counted.values()];
};

/** Measures that reports show, by book. */
const shown = new Map(
  reportBooks.map((book) => [
    book,
    [...new Set(Object.values(reportDefinitions).flatMap(({ books }) => Object.keys(books[book] ?? {})))],
  ]),
);
const clocks = (kind: string): Sum => ({ total: kind, parts: ENDS.map((how) => `${kind}_${how}`) });
const same = (one: string, other: string): Sum => ({ total: one, parts: [other] });
/** What definitions say of measures, and what everybody knows of the rules. */
const rules: Partial<Record<ReportBook, readonly Sum[]>> = {
  OVERDOSES: [
    { total: 'EVENTS', parts: ['DEATHS', 'SURVIVED'] },
    { total: 'EVENTS', parts: ['GIVEN', 'NOT_GIVEN'] },
    { total: 'SURVIVED', parts: ['NO_CONTACT', 'CONTACTED'] },
    same('CONTACTED', 'CONTACT_ONLY'),
  ],
  OFFERS: [
    { total: 'OFFERS', parts: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'] },
    { total: 'ACCEPTED', parts: ['CAME', 'MISSED'] },
    same('DECLINED', 'DECLINED_NO_PLACE'),
    ...['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'].flatMap((kind) => [same('OFFERS', kind), clocks(kind)]),
  ],
  WAITS: [
    { total: 'WAITED', parts: ['STILL_WAITING', 'PLACED', 'REMOVED'] },
    ...['WAITLIST_CONTACT', 'INTERIM_SERVICES'].flatMap((kind) => [same('WAITED', kind), clocks(kind)]),
    clocks('BRIDGE_ENDS'),
  ],
  REFERRALS: [
    { total: 'SUBMITTED', parts: ['NEVER_OFFERED', 'ADMITTED'] },
    { total: 'ADMITTED', parts: ['ADMITTED_ONLY', 'DAY_30'] },
    same('DAY_30', 'DAY_30_ONLY'),
    ...['OFFERED', 'ACCEPTED', 'ARRIVED', 'NEVER_MISSED'].map((step) => same('ADMITTED', step)),
    same('FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'),
    same('ARRIVED', 'ARRIVAL_DECIDED'),
    ...['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90', 'INFO_PROVIDED', 'ARRIVAL_DECIDED'].map(clocks),
  ],
  CLOCKS: [
    same('EXPOSURE_REVIEWED', 'EXPOSURE_FOLLOWED_UP'),
    ...['EXPOSURE_REVIEWED', 'EXPOSURE_FOLLOWED_UP'].map(clocks),
  ],
  DOSES: [same('USED', 'REVERSAL'), same('USED_TIMES', 'REVERSAL_TIMES')],
};

/** What figures of different books have to do with each other: as many cases as events. */
const acrossBooks = (
  [
    ['OVERDOSES SURVIVED', 'CLOCKS OUTREACH_STOP'],
    ['OVERDOSES DEATHS', 'CLOCKS OUTREACH_FAMILY_STOP'],
    ['OVERDOSES EVENTS', 'CLOCKS OUTREACH_ASSIGNED'],
  ] as const
).filter(([, other]) => shown.get('CLOCKS')?.includes(other.split(' ')[1] as string));
const casesOfEvents = (): Sum[] =>
  acrossBooks.flatMap(([one, other]) =>
    [EVERYWHERE, ...COUNTIES].flatMap((place) =>
      Object.values(periods)
        .flat()
        .map((of) => ({ total: `${one}|${place}|${of}`, parts: [`${other}|${place}|${of}`] })),
    ),
  );

/** Every sum between figures that can be asked for, of all books. Figures are named by their book and address. */
const systemOf = (lattices: ReadonlyMap<ReportBook, Lattice>): Sum[] =>
  [...lattices].flatMap(([book, lattice]) => {
    const named = (measure: string, place: string, of: string): string => `${book} ${keyOf({ measure, place, of })}`;
    const sexes = (lattice.groups.get('SEX') ?? []).map((sex) => `SEX=${sex}`);
    const all = [...Object.values(periods).flat(), ...sexes];
    const isCounted = (measure: string): boolean => lattice.figure({ measure, place: EVERYWHERE, of: 'Y' }) !== 0;
    const places = [EVERYWHERE, ...COUNTIES];
    const ofMeasure = (measure: string): Sum[] => [
      ...all.map((of) => ({
        total: named(measure, EVERYWHERE, of),
        parts: COUNTIES.map((county) => named(measure, county, of)),
      })),
      ...places.flatMap((place) => [
        ...[1, 2, 3, 4].map((quarter) => ({
          total: named(measure, place, quarterOf(quarter)),
          parts: [1, 2, 3].map((nth) => named(measure, place, monthOf(3 * quarter - 3 + nth))),
        })),
        { total: named(measure, place, 'Y'), parts: periods.QUARTER.map((of) => named(measure, place, of)) },
        { total: named(measure, place, 'Y'), parts: sexes.map((of) => named(measure, place, of)) },
      ]),
    ];
    const ofRule = ({ total, parts }: Sum): Sum[] =>
      places.flatMap((place) =>
        all.map((of) => ({ total: named(total, place, of), parts: parts.map((part) => named(part, place, of)) })),
      );
    return [...(shown.get(book) ?? []).filter(isCounted).flatMap(ofMeasure), ...(rules[book] ?? []).flatMap(ofRule)];
  });

const lookUp = (lattices: ReadonlyMap<ReportBook, Lattice>, name: string): number | null => {
  const [book = '', key = ''] = name.split(' ');
  const [measure = '', place = '', of = ''] = key.split('|');
  return lattices.get(book as ReportBook)?.figure({ measure, place, of }) ?? null;
};

const layOut = (things: readonly Thing[]): ReadonlyMap<ReportBook, Lattice> => {
  const books = keysOf(rules);
  return new Map(books.map((book) => [book, atOnce(latticeOf(countsOf(book, things), bookShapes[book]))]));
};

/** Hidden figures that follow from all that is shown; and those that must be what they are because no count is below zero. */
const toldBy = (lattices: ReadonlyMap<ReportBook, Lattice>): string[] => {
  const all = [...systemOf(lattices), ...casesOfEvents()];
  const cells = new Set(all.flatMap(({ total, parts }) => [total, ...parts]));
  const known = new Map([...cells].map((cell) => [cell, lookUp(lattices, cell)]));
  const sums = all.filter(({ total, parts }) => [total, ...parts].some((cell) => known.get(cell) === null));
  const hidden = new Set([...known].flatMap(([cell, figure]) => (figure === null ? [cell] : [])));
  const small = [...known].flatMap(([cell, figure]) =>
    figure !== null && figure > 0 && figure < SMALL_CELL ? [cell] : [],
  );
  return [...small, ...atOnce(solvable(sums, hidden)), ...boundsOf(sums, known)];
};

const WORLDS = process.env['HANDRAIL_THOROUGH'] === '1' ? 300 : 12;

describe('all reports of a year together', () => {
  it('tell no hidden figure, by whatever sums and rules', () => {
    fc.assert(
      fc.property(world, (crowds) => {
        expect(toldBy(layOut(people(crowds)))).toEqual([]);
      }),
      { numRuns: WORLDS, endOnFailure: true },
    );
  });

  it('tell no deaths by the clocks of the cases that overdoses open', () => {
    const one = (how: string, month: number): Thing => ({
      ...{ book: 'OVERDOSES', county: '39001', month, sex: 'FEMALE', measures: once(how, 'GIVEN') },
    });
    const crowds: [Thing, number][] = [
      [one('NO_CONTACT', 1), 55],
      [one('DEATHS', 1), 5],
    ];
    expect(toldBy(layOut(people(crowds)))).toEqual([]);
    expect(shown.get('CLOCKS')?.filter((measure) => measure.startsWith('OUTREACH_'))).toEqual([]);
  });

  it('count what a clock runs on once: a few offers are few, however many clocks they have', () => {
    const one = (month: number, how: string): Thing => ({
      ...{ book: 'OFFERS', county: '39001', month, sex: 'FEMALE' },
      measures: once(how, 'OFFER_ACKNOWLEDGED_MET', 'OFFER_DECIDED_MET'),
    });
    const lattices = layOut([
      ...new Array<Thing>(7).fill(one(1, 'CAME')),
      ...new Array<Thing>(40).fill(one(2, 'CAME')),
    ]);
    const at = (measure: string, of: string) => lookUp(lattices, `OFFERS ${keyOf({ measure, place: '39001', of })}`);
    for (const measure of ['OFFERS', 'OFFER_ACKNOWLEDGED', 'OFFER_DECIDED', 'OFFER_DECIDED_MET']) {
      expect([at(measure, 'M01'), at(measure, 'M02'), at(measure, 'Q1')]).toEqual([null, null, 47]);
    }
    expect(Object.keys(reportDefinitions.CLOCKS.books)).toContain('OFFERS');
  });
});
