import { declineReasons } from '../referrals';
import type { ReportShape } from './engine/lattice';

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
  REFERRALS: {
    isAboutPeople: true,
    leaves: [...referralPath.leaves, 'NEVER_MISSED', 'MISSED'],
    sums: [...referralPath.sums, { total: 'ACCEPTED', parts: ['NEVER_MISSED', 'MISSED'] }],
  },
  OFFERS: {
    isAboutPeople: true,
    leaves: ['CAME', 'MISSED', 'EXPIRED', 'WITHDRAWN', 'WAITING', ...declined],
    sums: [
      { total: 'ACCEPTED', parts: ['CAME', 'MISSED'] },
      { total: 'DECLINED', parts: declined },
      { total: 'OFFERS', parts: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN', 'WAITING'] },
    ],
  },
  NEEDS: {
    isAboutPeople: true,
    leaves: ['FOUND_LATER', 'STILL_UNMET'],
    sums: [{ total: 'UNMET', parts: ['FOUND_LATER', 'STILL_UNMET'] }],
  },
  WAITS: {
    isAboutPeople: true,
    leaves: ['STILL_WAITING', 'PLACED', 'REFERRAL_ENDED', 'REMOVED'],
    sums: [{ total: 'WAITED', parts: ['STILL_WAITING', 'PLACED', 'REFERRAL_ENDED', 'REMOVED'] }],
  },
  PLACES: {
    isAboutPeople: true,
    leaves: ['OCCUPIED', 'HELD', 'OPEN'],
    sums: [{ total: 'STAFFED', parts: ['OCCUPIED', 'HELD', 'OPEN'] }],
  },
  CLOCKS: {
    isAboutPeople: true,
    leaves: ['MET', 'BREACHED', 'CANCELLED', 'RUNNING'],
    sums: [{ total: 'STARTED', parts: ['MET', 'BREACHED', 'CANCELLED', 'RUNNING'] }],
  },
  DOSES: {
    isAboutPeople: true,
    leaves: ['RECEIVED', 'REVERSAL', 'RESPONDER', 'K9', 'LEAVE_BEHIND', 'TRAINING', 'DISCARDED', 'SENT'],
    sums: [{ total: 'USED', parts: ['REVERSAL', 'RESPONDER', 'K9', 'LEAVE_BEHIND', 'TRAINING'] }],
  },
  ALERTS: {
    isAboutPeople: false,
    leaves: ['QUIET', 'DISMISSED', 'OPEN'],
    sums: [{ total: 'ALERTS', parts: ['QUIET', 'DISMISSED', 'OPEN'] }],
  },
};
