import { clockKinds } from '../clocks';
import { declineReasons } from '../referrals';
import { keysOf } from '../kernel/vocabulary';
import { clockBooks, endsOfClock, type ReportBook } from './report-books';
import type { ReportGroup, ReportKind } from './report-kinds';

export interface ReportDefinition {
  /** What one of it is, and what is left out. */
  readonly definition: string;
  readonly denominator: string;
  /** What decides in which month and county it counts. */
  readonly placedBy: string;
  readonly groups: readonly ReportGroup[];
  /** By the book they are counted in: names of the measures, for the head of a column. */
  readonly books: Partial<Record<ReportBook, Readonly<Record<string, string>>>>;
}

const ALL_OVERDOSES = 'All overdoses known to Handrail that occurred in the year.';
const OVERDOSE_PLACE = 'County and month of the overdose, Eastern time.';
const SENDER_PLACE = 'First county of the sending agency; month of submission, Eastern time.';
const FOLLOWED_UP =
  'Day 30 and day 90 count who was reached when asked how they are, a month and three months after the stay.';

const clockWords: Readonly<Record<string, string>> = {
  ...clockKinds,
  ADMISSION:
    'A person who waits is admitted by the deadline of the law; or, without one, has a place or a human’s look',
};
const measuresOfClock = (kind: string): [string, string][] => {
  const words = clockWords[kind] as string;
  const { MET, BREACHED, OTHER } = endsOfClock(kind);
  return [
    [kind, words],
    [MET, `Kept: ${words}`],
    [BREACHED, `Breached: ${words}`],
    [OTHER, `Running, or nothing left to do: ${words}`],
  ];
};
const clockMeasures: ReportDefinition['books'] = Object.fromEntries(
  keysOf(clockBooks).map((book) => {
    const kinds = clockBooks[book].flatMap(({ kinds: own }): readonly string[] => own);
    return [book, Object.fromEntries(kinds.flatMap(measuresOfClock))];
  }),
);

export const reportDefinitions: Readonly<Record<ReportKind, ReportDefinition>> = {
  OVERDOSES: {
    definition: 'An overdose of one person, once whoever reported it. Joined and withdrawn reports do not count.',
    denominator: ALL_OVERDOSES,
    placedBy: OVERDOSE_PLACE,
    groups: ['SUBSTANCE', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: { OVERDOSES: { EVENTS: 'Overdoses', DEATHS: 'Fatal', SURVIVED: 'Survived' } },
  },
  NALOXONE: {
    definition: 'An overdose, by whether naloxone was given by anybody.',
    denominator: ALL_OVERDOSES,
    placedBy: OVERDOSE_PLACE,
    groups: ['DOSES', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: { OVERDOSES: { EVENTS: 'Overdoses', GIVEN: 'With naloxone', NOT_GIVEN: 'Without' } },
  },
  NALOXONE_STOCK: {
    definition:
      'A dose of naloxone in the ledgers of agencies, as it came in or went out; of what was given or left also how many times, whatever the doses. A use of two makes counts once for each. Corrections by counting are left out. Doses of fewer than 11 uses are hidden.',
    denominator: 'All doses moved in the year, and all uses of them.',
    placedBy: 'First county of the agency; month of the entry, Eastern time.',
    groups: ['PRODUCT'],
    books: {
      DOSES: {
        ...{ RECEIVED: 'Doses that came in', USED: 'Doses given or left', USED_TIMES: 'Times given or left' },
        ...{ REVERSAL: 'Doses for somebody who overdosed', REVERSAL_TIMES: 'Times given to somebody who overdosed' },
        ...{ RESPONDER: 'Doses for a responder', RESPONDER_TIMES: 'Times given to a responder' },
        ...{ K9: 'Doses for a dog', K9_TIMES: 'Times given to a dog' },
        ...{ LEAVE_BEHIND: 'Doses left with somebody', LEAVE_BEHIND_TIMES: 'Times left with somebody' },
        ...{ TRAINING: 'Doses used for training', TRAINING_TIMES: 'Times used for training' },
        ...{ DISCARDED: 'Doses thrown away', SENT: 'Doses sent to another agency' },
      },
    },
  },
  EVENT_PATH: {
    definition: `A survived overdose, by the furthest step until now. Contact: outreach reached the person, or they were referred. Referral: one of the same person, as identity was resolved, within 90 days. ${FOLLOWED_UP}`,
    denominator: 'All survived overdoses known to Handrail that occurred in the year.',
    placedBy: OVERDOSE_PLACE,
    groups: ['TIME_TO_CONTACT', 'TIME_TO_REFERRAL', 'TIME_TO_ADMISSION', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: {
      OVERDOSES: {
        ...{
          SURVIVED: 'Survived overdoses',
          CONTACTED: 'Contact',
          REFERRED: 'Referred',
          OFFERED: 'Offered to a program',
        },
        ...{ ACCEPTED: 'Place kept', ARRIVED: 'Arrived', ADMITTED: 'Admitted', DAY_30: 'Reached at day 30' },
        ...{ DAY_90: 'Reached at day 90', NO_CONTACT: 'No contact', CONTACT_ONLY: 'Contact, no referral' },
        ...{ REFERRED_ONLY: 'Referred, never offered', OFFERED_ONLY: 'Offered, no place' },
        ...{ ACCEPTED_ONLY: 'Place kept, not arrived', ARRIVED_ONLY: 'Arrived, not admitted' },
        ...{ ADMITTED_ONLY: 'Admitted, not reached since', DAY_30_ONLY: 'Reached at day 30 only' },
      },
    },
  },
  REFERRAL_PATH: {
    definition: `A referral, by the furthest step it has reached until now. Who came without an offer counts as offered. ${FOLLOWED_UP}`,
    denominator: 'Referrals submitted in the year.',
    placedBy: SENDER_PLACE,
    groups: [
      ...(['PATHWAY', 'TIME_TO_OFFER', 'TIME_TO_ACCEPTANCE', 'TIME_TO_ARRIVAL', 'TIME_TO_ADMISSION'] as const),
      ...(['AGE', 'SEX', 'RACE', 'PAYER'] as const),
    ],
    books: {
      REFERRALS: {
        ...{ SUBMITTED: 'Submitted', OFFERED: 'Offered to a program', ACCEPTED: 'Place kept', ARRIVED: 'Arrived' },
        ...{ ADMITTED: 'Admitted', DAY_30: 'Reached at day 30', DAY_90: 'Reached at day 90' },
        ...{ NEVER_OFFERED: 'Never offered', OFFERED_ONLY: 'Offered, no place' },
        ...{ ACCEPTED_ONLY: 'Place kept, not arrived', ARRIVED_ONLY: 'Arrived, not admitted' },
        ...{ ADMITTED_ONLY: 'Admitted, not reached since', DAY_30_ONLY: 'Reached at day 30 only' },
      },
    },
  },
  OFFERS: {
    definition:
      'An offer of one referral to one program, by how it ended, and an accepted one by whether the person was missed.',
    denominator: 'Offers made in the year.',
    placedBy: 'County of the program; month of the offer, Eastern time.',
    groups: ['PROGRAM', 'TIME_TO_ANSWER', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: {
      OFFERS: {
        ...{ OFFERS: 'Offers', ACCEPTED: 'Accepted', CAME: 'Accepted, not missed', MISSED: 'Accepted, missed' },
        ...{ DECLINED: 'Declined', EXPIRED: 'Not answered in time', WITHDRAWN: 'Taken back', WAITING: 'Waiting' },
        ...Object.fromEntries(
          Object.entries(declineReasons).map(([reason, words]) => [`DECLINED_${reason}`, `Declined: ${words}`]),
        ),
      },
    },
  },
  NO_SHOWS: {
    definition: 'A referral for which a place was kept, by whether the person was ever missed.',
    denominator: 'Referrals submitted in the year that were accepted by a program, by people or at once.',
    placedBy: SENDER_PLACE,
    groups: ['PATHWAY', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: { REFERRALS: { ACCEPTED: 'Place kept', NEVER_MISSED: 'Never missed', MISSED: 'Missed once or more' } },
  },
  UNMET_NEED: {
    definition: 'A match after which no program was left to ask, by whether a program was found later.',
    denominator: 'Matches of the year that left nobody.',
    placedBy: 'County in which help was looked for, where known, else none; month of the match, Eastern time.',
    groups: ['RULE', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: { NEEDS: { UNMET: 'No program left', FOUND_LATER: 'Found later', STILL_UNMET: 'Still unmet' } },
  },
  WAITLIST: {
    definition:
      'A referral that had to wait for a place, by how the waiting ended. Who waits again after a lost place counts once.',
    denominator: 'Referrals put on the waitlist in the year.',
    placedBy: 'First county of the sending agency; month of the request, Eastern time.',
    groups: ['TIME_WAITED', 'TIER', 'AGE', 'SEX', 'RACE', 'PAYER'],
    books: {
      WAITS: {
        ...{ WAITED: 'Put on the waitlist', STILL_WAITING: 'Still waiting', PLACED: 'Got a place' },
        ...{ REFERRAL_ENDED: 'The referral ended', REMOVED: 'Taken off the list' },
      },
    },
  },
  CAPACITY: {
    definition: 'A staffed place on one day, as its provider last attested it: occupied, held for a referral, or open.',
    denominator:
      'All attested places of pools in use, times the days of the year until now. A day counts by the last census before its midnight.',
    placedBy: 'County of the program; month of the day, Eastern time.',
    groups: ['LEVEL_OF_CARE', 'PROGRAM'],
    books: { PLACES: { STAFFED: 'Days of staffed places', OCCUPIED: 'Occupied', HELD: 'Held', OPEN: 'Open' } },
  },
  CLOCKS: {
    definition:
      'Something that was due on an offer, a wait, a referral, an exposure, a notice and the like, by how it ended. At most one of a kind counts for each; where there were several, breached goes before kept. When a place is kept for somebody until, OFFERS says: came or missed; how long those wait whose admission has no deadline by law, WAITLIST says. What is due on a case of outreach is left out: every overdose opens one, so it would tell how many died; how soon people were reached, EVENT_PATH says.',
    denominator: 'All offers, waits, referrals, exposures, notices and the like of the year on which such a clock ran.',
    placedBy:
      'As what it runs on: an offer as in OFFERS, a wait as in WAITLIST, a referral as in REFERRAL_PATH; else first county of the agency that had to act, and the month of the first start.',
    groups: ['AGE', 'SEX', 'RACE', 'PAYER'],
    books: clockMeasures,
  },
  SPIKES: {
    definition:
      'An alert of more overdoses than a county’s own year explains. It counts alerts and no people: none is hidden.',
    denominator: 'Alerts opened in the year.',
    placedBy: 'County of the alert; month of its opening, Eastern time.',
    groups: [],
    books: {
      ALERTS: {
        ALERTS: 'Alerts',
        QUIET: 'Ended by the counts',
        DISMISSED: 'Dismissed',
        WITHDRAWN: 'Its reports were taken back',
        OPEN: 'Open',
      },
    },
  },
};
