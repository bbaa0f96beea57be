import { declineReasons } from '../referrals';
import type { MeasureSum, ReportShape } from './engine/lattice';

/**
 * What is counted once for several reports. Figures of one book are laid out and hidden together, so a figure that two reports show
 * cannot be taken from one where the other hides it.
 */
export const reportBooks = [
  'OVERDOSES',
  'REFERRALS',
  'OFFERS',
  'NEEDS',
  'WAITS',
  'PLACES',
  'CLOCKS',
  'DOSES',
  'ALERTS',
] as const;
export type ReportBook = (typeof reportBooks)[number];

const declined = Object.keys(declineReasons).map((reason) => `DECLINED_${reason}`);

/** How far somebody came, from the end: what each step reached and no more, and the steps as sums of these. */
const pathOf = (
  steps: readonly (readonly [total: string, only: string])[],
  last: string,
): Pick<ReportShape, 'leaves' | 'sums'> => {
  const leaves = [...steps.map(([, only]) => only), last];
  const sums = steps.map(([total, only], index) => ({ total, parts: [only, steps[index + 1]?.[0] ?? last] }));
  return { leaves, sums: sums.toReversed() };
};

const afterOffer = [
  ['OFFERED', 'OFFERED_ONLY'],
  ['ACCEPTED', 'ACCEPTED_ONLY'],
  ['ARRIVED', 'ARRIVED_ONLY'],
  ['ADMITTED', 'ADMITTED_ONLY'],
  ['DAY_30', 'DAY_30_ONLY'],
] as const;
const eventPath = pathOf(
  [['SURVIVED', 'NO_CONTACT'], ['CONTACTED', 'CONTACT_ONLY'], ['REFERRED', 'REFERRED_ONLY'], ...afterOffer],
  'DAY_90',
);
const referralPath = pathOf([['SUBMITTED', 'NEVER_OFFERED'], ...afterOffer], 'DAY_90');

/** Measures of a kind of clock: how it ended. */
export const endsOfClock = (kind: string) =>
  ({ MET: `${kind}_MET`, BREACHED: `${kind}_BREACHED`, OTHER: `${kind}_OTHER` }) as const;
/** What has clocks of these kinds, at most one of each that counts. */
interface Clocked {
  readonly thing: string;
  /** Of a larger thing: the rest of it has none of these clocks. */
  readonly rest?: { readonly of: string; readonly measure: string };
  readonly kinds: readonly string[];
}

/**
 * By what they run on. A clock is part of the book that counts that, and of no other, because who counts the clocks counts what they run
 * on. Kinds that start together stand together: as many of the one as of the other. Clocks on cases of outreach are in no book: every survived
 * overdose opens one case and every death another, so they count what OVERDOSES hides.
 */
export const clockBooks = {
  OFFERS: [
    {
      thing: 'REVIEWED',
      rest: { of: 'OFFERS', measure: 'AT_ONCE' },
      kinds: ['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'],
    },
  ],
  WAITS: [
    {
      thing: 'WAITED',
      kinds: ['INTERIM_SERVICES', 'ADMISSION', 'WAITLIST_CONTACT', 'BRIDGE_ENDS', 'INTERIM_METHADONE_ENDS'],
    },
  ],
  REFERRALS: [
    { thing: 'SUBMITTED', kinds: ['INFO_PROVIDED'] },
    { thing: 'ARRIVED', kinds: ['ARRIVAL_DECIDED'] },
    {
      thing: 'FOLLOWED',
      rest: { of: 'SUBMITTED', measure: 'NOT_FOLLOWED' },
      kinds: ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'],
    },
  ],
  CLOCKS: [
    { thing: 'EXPOSURES', kinds: ['EXPOSURE_REVIEWED', 'EXPOSURE_FOLLOWED_UP'] },
    ...[
      ...['NOTICE_READ', 'CHILD_RECEIVED', 'CHILD_SETTLED', 'RESTOCK_ANSWERED', 'RESTOCK_RECEIVED'],
      ...['ACCOUNTING_ANSWERED', 'BREAK_GLASS_REVIEWED', 'CAPACITY_NOTICE', 'CENSUS_FRESH'],
    ].map((kind) => ({ thing: `ALL_${kind}`, kinds: [kind] })),
  ],
} as const satisfies Partial<Record<ReportBook, readonly Clocked[]>>;

const clocksOn = ({ thing, rest, kinds }: Clocked): Pick<ReportShape, 'leaves' | 'sums'> => ({
  leaves: [
    ...kinds.flatMap((kind) => [...Object.values(endsOfClock(kind)), `${kind}_NONE`]),
    ...(rest ? [rest.measure] : []),
  ],
  sums: [
    ...kinds.flatMap((kind): MeasureSum[] => [
      { total: kind, parts: Object.values(endsOfClock(kind)) },
      { total: thing, parts: [kind, `${kind}_NONE`] },
    ]),
    ...(rest ? [{ total: rest.of, parts: [thing, rest.measure] }] : []),
  ],
});

/** The book with the clocks that run on what it counts. */
const withClocks = (shape: ReportShape, things: readonly Clocked[]): ReportShape => {
  const clocks = things.map(clocksOn);
  return {
    ...shape,
    leaves: [...shape.leaves, ...clocks.flatMap(({ leaves }) => leaves)],
    sums: [...shape.sums, ...clocks.flatMap(({ sums }) => sums)],
  };
};

/** Doses given or left; each goes with how often, by which it is decided what is small. */
const USES = ['REVERSAL', 'RESPONDER', 'K9', 'LEAVE_BEHIND', 'TRAINING'] as const;
const timesOf = (use: string): string => `${use}_TIMES`;

/**
 * Nested steps are counted as what each reached and no more; the steps themselves are sums of these. So the figures that a reader
 * could take from one another are in the lattice, and are hidden with it.
 */
export const bookShapes: Readonly<Record<ReportBook, ReportShape>> = {
  OVERDOSES: {
    isAboutPeople: true,
    leaves: ['DEATHS', 'GIVEN', 'NOT_GIVEN', ...eventPath.leaves],
    sums: [
      ...eventPath.sums,
      { total: 'EVENTS', parts: ['DEATHS', 'SURVIVED'] },
      { total: 'EVENTS', parts: ['GIVEN', 'NOT_GIVEN'] },
    ],
  },
  REFERRALS: withClocks(
    {
      isAboutPeople: true,
      leaves: [...referralPath.leaves, 'NEVER_MISSED', 'MISSED'],
      sums: [...referralPath.sums, { total: 'ACCEPTED', parts: ['NEVER_MISSED', 'MISSED'] }],
    },
    clockBooks.REFERRALS,
  ),
  OFFERS: withClocks(
    {
      isAboutPeople: true,
      leaves: ['CAME', 'MISSED', 'EXPIRED', 'WITHDRAWN', 'WAITING', ...declined],
      sums: [
        { total: 'ACCEPTED', parts: ['CAME', 'MISSED'] },
        { total: 'DECLINED', parts: declined },
        { total: 'OFFERS', parts: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN', 'WAITING'] },
      ],
    },
    clockBooks.OFFERS,
  ),
  NEEDS: {
    isAboutPeople: true,
    leaves: ['FOUND_LATER', 'STILL_UNMET'],
    sums: [{ total: 'UNMET', parts: ['FOUND_LATER', 'STILL_UNMET'] }],
  },
  WAITS: withClocks(
    {
      isAboutPeople: true,
      leaves: ['STILL_WAITING', 'PLACED', 'REFERRAL_ENDED', 'REMOVED'],
      sums: [{ total: 'WAITED', parts: ['STILL_WAITING', 'PLACED', 'REFERRAL_ENDED', 'REMOVED'] }],
    },
    clockBooks.WAITS,
  ),
  PLACES: {
    isAboutPeople: true,
    leaves: ['OCCUPIED', 'HELD', 'OPEN'],
    sums: [{ total: 'STAFFED', parts: ['OCCUPIED', 'HELD', 'OPEN'] }],
  },
  CLOCKS: withClocks({ isAboutPeople: true, leaves: [], sums: [] }, clockBooks.CLOCKS),
  DOSES: {
    isAboutPeople: true,
    leaves: ['RECEIVED', ...USES, ...USES.map(timesOf), 'DISCARDED', 'SENT'],
    sums: [
      { total: 'USED', parts: USES },
      { total: 'USED_TIMES', parts: USES.map(timesOf) },
    ],
  },
  ALERTS: {
    isAboutPeople: false,
    leaves: ['QUIET', 'DISMISSED', 'WITHDRAWN', 'OPEN'],
    sums: [{ total: 'ALERTS', parts: ['QUIET', 'DISMISSED', 'WITHDRAWN', 'OPEN'] }],
  },
};
