import { bookShapes, type ReportBook } from './report-books';

/** What a step has to do with a fact: `none` of it is all that things before the step have, and never what those from it on have. */
interface StepOfFact {
  readonly none: string;
  readonly before: readonly string[];
  readonly from: readonly string[];
}

const before = (steps: readonly string[], step: string): string[] => steps.slice(0, steps.indexOf(step));
const since = (steps: readonly string[], step: string): string[] => steps.slice(steps.indexOf(step));
const ofTime = (steps: readonly string[], step: string, from = since(steps, step)): StepOfFact => ({
  ...{ none: 'NOT_YET', before: before(steps, step) },
  from,
});

const afterReferral = ['OFFERED_ONLY', 'ACCEPTED_ONLY', 'ARRIVED_ONLY', 'ADMITTED_ONLY', 'DAY_30_ONLY', 'DAY_90'];
/** The dead come no further. */
const events = ['DEATHS', 'NO_CONTACT', 'CONTACT_ONLY', 'REFERRED_ONLY', ...afterReferral];
const referrals = ['NEVER_OFFERED', ...afterReferral];
const endsOfOffers = bookShapes.OFFERS.leaves.filter((leaf) =>
  /^(CAME|MISSED|EXPIRED|WITHDRAWN|DECLINED_.*)$/.test(leaf),
);

/** Who came without an offer, or without a place kept, has no time of it: of these steps only who came just so far surely has one. */
const steps: Partial<Record<ReportBook, Readonly<Record<string, StepOfFact>>>> = {
  OVERDOSES: {
    TIME_TO_CONTACT: { none: 'NOT_YET', before: ['NO_CONTACT'], from: ['CONTACT_ONLY'] },
    TIME_TO_REFERRAL: ofTime(events, 'REFERRED_ONLY'),
    TIME_TO_ADMISSION: ofTime(events, 'ADMITTED_ONLY'),
    PAYER: { none: 'UNKNOWN', before: before(events, 'REFERRED_ONLY'), from: [] },
    DOSES: { none: 'NONE', before: ['NOT_GIVEN'], from: ['GIVEN'] },
  },
  REFERRALS: {
    TIME_TO_OFFER: ofTime(referrals, 'OFFERED_ONLY', ['OFFERED_ONLY']),
    TIME_TO_ACCEPTANCE: ofTime(referrals, 'ACCEPTED_ONLY', ['ACCEPTED_ONLY']),
    TIME_TO_ARRIVAL: ofTime(referrals, 'ARRIVED_ONLY', ['ARRIVED_ONLY']),
    TIME_TO_ADMISSION: ofTime(referrals, 'ADMITTED_ONLY'),
  },
  OFFERS: { TIME_TO_ANSWER: { none: 'NOT_YET', before: ['WAITING'], from: endsOfOffers } },
};

const bands = [
  ...[
    'UNDER_1_HOUR',
    '1_TO_4_HOURS',
    '4_TO_24_HOURS',
    '1_TO_3_DAYS',
    '3_TO_7_DAYS',
    '7_TO_30_DAYS',
    '30_DAYS_AND_OVER',
  ],
  'NOT_YET',
];
const until = (band: string): string[] => bands.slice(0, bands.indexOf(band) + 1);
const from = (band: string): string[] => bands.slice(bands.indexOf(band));

/**
 * How long measures of clocks took, by the lengths of `rules/clocks.json`: no offer that was decided in two hours was answered the day after.
 * An operator may set other lengths; what is counted nevertheless hides like any other figure.
 */
const bandsOf: Partial<Record<ReportBook, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> = {
  OFFERS: {
    TIME_TO_ANSWER: {
      ...{ AT_ONCE: until('UNDER_1_HOUR'), OFFER_DECIDED_MET: until('1_TO_4_HOURS') },
      ...{ OFFER_DECIDED_BREACHED: from('1_TO_4_HOURS'), EXPIRED: from('1_TO_4_HOURS') },
    },
  },
  WAITS: { TIME_WAITED: { INTERIM_SERVICES_BREACHED: from('1_TO_3_DAYS'), ADMISSION_BREACHED: from('7_TO_30_DAYS') } },
};

const isInBand = (book: ReportBook, measure: string, [fact, value]: readonly [string, string]): boolean =>
  bandsOf[book]?.[fact]?.[measure]?.includes(value) ?? true;

/**
 * Figures of a book that are zero by what they mean, as of those who were referred and have no time to a referral. Anybody can tell, so
 * they cover nothing. Keys are `measure|place|group`.
 */
export const isZeroByMeaning = (book: ReportBook): ((cell: string) => boolean) => {
  const known = new Map<string, boolean>();
  const isZero = (measure: string, of: string): boolean => {
    const [dimension = '', value = ''] = of.split('=');
    if (!isInBand(book, measure, [dimension, value])) return true;
    const step = steps[book]?.[dimension];
    if (step !== undefined && (value === step.none ? step.from : step.before).includes(measure)) return true;
    return bookShapes[book].sums.some(({ total, parts }) => total === measure && parts.every((part) => look(part, of)));
  };
  const look = (measure: string, of: string): boolean => {
    const key = `${measure}|${of}`;
    const isSo = known.get(key) ?? isZero(measure, of);
    known.set(key, isSo);
    return isSo;
  };
  return (cell) => {
    const [measure = '', , of = ''] = cell.split('|');
    return look(measure, of);
  };
};
