import fc from 'fast-check';
import { keysOf } from '../../kernel/vocabulary';
import { reportBooks, bookShapes, type ReportBook } from '../report-books';
import { reportDefinitions } from '../report-definitions';
import { atOnce } from './at-once.fixture';
import type { Seen } from './attack.fixture';
import { hiddenSince, standingsOf, withZeros, type HiddenSince } from './edition';
import { EVERYWHERE, keyOf, latticeOf, monthOf, periods, quarterOf, type BaseCount, type Lattice } from './lattice';
import type { Sum } from './sums';
import { suppressed } from './suppression';

/**
 * Whoever asks for everything: all reports of a year, by all periods and facts, of all counties. What they know of how figures hang
 * together is written down here by itself, from what is said of the reports and of the rules, and not taken from the lattices.
 */
const COUNTIES = ['39001', '39003'];
const SEXES = ['FEMALE', 'MALE', 'UNKNOWN'];
const ENDS = ['MET', 'BREACHED', 'OTHER'];

export interface Thing {
  readonly book: ReportBook;
  readonly county: string;
  readonly month: number;
  readonly sex: string;
  /** What else is known of it, beside the sex. */
  readonly facts?: Readonly<Record<string, string>>;
  /** Measures with how many of each it is. */
  readonly measures: readonly (readonly [string, number])[];
}

const where = {
  county: fc.constantFrom(...COUNTIES),
  month: fc.integer({ min: 1, max: 4 }),
  sex: fc.constantFrom(...SEXES),
};
const end = fc.constantFrom(...ENDS);
export const once = (...measures: string[]): (readonly [string, number])[] => measures.map((one) => [one, 1]);

/** How the clock of an offer ended, and how soon it was answered: in time is within two hours. */
const answers: (readonly [ended: string, band: string])[] = [
  ['MET', 'UNDER_1_HOUR'],
  ['MET', '1_TO_4_HOURS'],
  ['BREACHED', '1_TO_4_HOURS'],
  ['BREACHED', '4_TO_24_HOURS'],
  ['OTHER', '4_TO_24_HOURS'],
];
/** What the rules say of it to anybody. */
const isNever = (cell: string): boolean =>
  /OFFER_DECIDED_(MET[|].*=4_TO_24_HOURS|BREACHED[|].*=UNDER_1_HOUR)/.test(cell);
/** A referral with its offers, their clocks, its wait and what followed. All programs review, which is public: each offer has both clocks. */
const offer = fc
  .record({
    ...where,
    how: fc.constantFrom('CAME', 'MISSED', 'EXPIRED', 'WITHDRAWN', 'DECLINED_NO_PLACE'),
    acknowledged: end,
    answer: fc.constantFrom(...answers),
  })
  .map(({ how, acknowledged, answer: [decided, band], ...at }): Thing => ({
    ...at,
    book: 'OFFERS',
    facts: { TIME_TO_ANSWER: band },
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
/** Of one sort: so that some figures are large and their neighbours small. */
export const crowd = fc.tuple(
  fc.oneof(offer, wait, referral, overdose, exposure, dose),
  fc.constantFrom(1, 1, 2, 3, 7, 12, 40),
);
export const world = fc.array(crowd, { minLength: 1, maxLength: 40 });
export const people = (crowds: readonly (readonly [Thing, number])[]): Thing[] =>
  withCases(crowds.flatMap(([thing, many]) => new Array<Thing>(many).fill(thing)));

const countsOf = (book: ReportBook, things: readonly Thing[]): BaseCount[] => {
  const counted = new Map<string, { -readonly [Key in keyof BaseCount]: BaseCount[Key] } & { things: number }>();
  for (const { county: countyFips, month, sex, facts, measures } of things.filter((one) => one.book === book)) {
    const groups = Object.entries({ SEX: sex, ...facts }).map(([dimension, value]) => ({ dimension, value }));
    for (const [measure, weight] of measures) {
      for (const at of [{ month, group: null }, ...groups.map((group) => ({ month: null, group }))]) {
        const key = [measure, countyFips, at.month, at.group?.dimension, at.group?.value].join();
        const before = counted.get(key) ?? { measure, countyFips, ...at, count: 0, things: 0 };
        counted.set(key, { ...before, count: before.count + weight, things: before.things + 1 });
      }
    }
  }
  return [...counted.values()];
};

/** Measures that reports show, by book. */
export const shown = new Map(
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
export const casesOfEvents = (): Sum[] =>
  acrossBooks.flatMap(([one, other]) =>
    [EVERYWHERE, ...COUNTIES].flatMap((place) =>
      Object.values(periods)
        .flat()
        .map((of) => ({ total: `${one}|${place}|${of}`, parts: [`${other}|${place}|${of}`] })),
    ),
  );

/** Every sum between figures that can be asked for, of all books. Figures are named by their book and address. */
export const systemOf = (lattices: ReadonlyMap<ReportBook, Lattice>): Sum[] =>
  [...lattices].flatMap(([book, lattice]) => {
    const named = (measure: string, place: string, of: string): string => `${book} ${keyOf({ measure, place, of })}`;
    const facts = [...lattice.groups].map(([dimension, values]) => values.map((value) => `${dimension}=${value}`));
    const all = [...Object.values(periods).flat(), ...facts.flat()];
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
        ...facts.map((values) => ({
          total: named(measure, place, 'Y'),
          parts: values.map((of) => named(measure, place, of)),
        })),
      ]),
    ];
    const ofRule = ({ total, parts }: Sum): Sum[] =>
      places.flatMap((place) =>
        all.map((of) => ({ total: named(total, place, of), parts: parts.map((part) => named(part, place, of)) })),
      );
    return [...(shown.get(book) ?? []).filter(isCounted).flatMap(ofMeasure), ...(rules[book] ?? []).flatMap(ofRule)];
  });

export const lookUp = (lattices: ReadonlyMap<ReportBook, Lattice>, name: string): number | null => {
  const [book = '', key = ''] = name.split(' ');
  const [measure = '', place = '', of = ''] = key.split('|');
  if (isNever(name)) return 0;
  return lattices.get(book as ReportBook)?.figure({ measure, place, of }) ?? null;
};

/** All books of one week. */
export interface Edition {
  readonly lattices: ReadonlyMap<ReportBook, Lattice>;
  /** What is counted in truth, by the same names. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Nothing comes in after April. */
export const isSurelyZero = (name: string): boolean => isNever(name) || /[|](M0[5-9]|M1.|Q3|Q4)$/.test(name);

interface Before {
  readonly counts: readonly BaseCount[];
  readonly hidden: HiddenSince;
}

/** Editions one after the other, each with what came in until then. */
export const playedOut = (weeks: readonly (readonly Thing[])[], isOver: boolean): Edition[] => {
  const before = new Map<ReportBook, Before>();
  return weeks.map((_, week) => {
    const counts = new Map<string, number>();
    const laidOut = keysOf(rules).map((book): [ReportBook, Lattice] => {
      const last = before.get(book) ?? { counts: [], hidden: {} };
      const base = withZeros(countsOf(book, weeks.slice(0, week + 1).flat()), last.counts);
      const lattice = atOnce(
        latticeOf(base, bookShapes[book], (figures) => {
          for (const [key, count] of figures.counts) counts.set(`${book} ${key}`, count);
          return suppressed(figures, {
            hidden: standingsOf(last.hidden),
            isOver: () => isOver,
          });
        }),
      );
      before.set(book, { counts: base, hidden: hiddenSince(`2026-01-${10 + week}`, lattice, last.hidden) });
      return [book, lattice];
    });
    return { lattices: new Map(laidOut), counts };
  });
};
export const layOut = (things: readonly Thing[]): Edition => playedOut([things], true)[0] as Edition;

export const seen = ({ lattices, counts }: Edition): Seen => ({
  ...{ sums: [...systemOf(lattices), ...casesOfEvents()], counts },
  isHidden: (name) => lookUp(lattices, name) === null,
});
