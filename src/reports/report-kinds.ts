import type { ReportShape } from './engine/lattice';

/** What can be counted. */
export const reportKinds = {
  OVERDOSES: 'Overdoses, and how many were fatal',
  NALOXONE: 'Overdoses with and without naloxone, by doses',
  REFERRAL_PATH: 'Referrals by how far they came: offered, accepted, arrived, admitted',
  OFFERS: 'Offers to programs, and what became of them',
  NO_SHOWS: 'Referrals that got a place, by whether the person came',
  UNMET_NEED: 'Referrals for which no program was left, by the rule that removed the last',
  CLOCKS: 'What was due, kept and breached',
  SPIKES: 'Alerts of spikes, and how they ended',
} as const;
export type ReportKind = keyof typeof reportKinds;

/** Facts by which a year can be told apart. A report has some of them. */
export const reportGroups = {
  AGE: 'Age bands; UNKNOWN where the age is not known',
  SEX: 'Sex; UNKNOWN where it is not known',
  PAYER: 'Payer; UNKNOWN where it was not asked, as before medical screening in an emergency department',
  SUBSTANCE: 'What was suspected: opioids, stimulants, both, other, unknown',
  DOSES: 'Doses of naloxone, all givers together',
  PATHWAY: 'How the person came',
  REASON: 'Coded reason of a decline, or NONE',
  RULE: 'First of the hard rules that removed the last candidates',
  KIND: 'Kind of clock',
} as const;
export type ReportGroup = keyof typeof reportGroups;

export interface ReportDefinition extends ReportShape {
  /** What one of it is, and what is left out. */
  readonly definition: string;
  readonly denominator: string;
  /** What decides in which month and county it counts. */
  readonly placedBy: string;
  readonly groups: readonly ReportGroup[];
  /** Names of the measures, for the head of a column. */
  readonly measures: Readonly<Record<string, string>>;
}

/**
 * Nested steps are counted as what each reached and no more; the steps themselves are sums of these. So the figures that a reader
 * could take from one another are in the lattice, and are hidden with it.
 */
export const reportDefinitions: Readonly<Record<ReportKind, ReportDefinition>> = {
  OVERDOSES: {
    definition: 'An overdose of one person, once whoever reported it. Joined and withdrawn reports do not count.',
    denominator: 'All overdoses known to Handrail that occurred in the year.',
    placedBy: 'County and month of the overdose, Eastern time.',
    groups: ['SUBSTANCE', 'AGE', 'SEX'],
    measures: { EVENTS: 'Overdoses', DEATHS: 'Fatal', SURVIVED: 'Survived' },
    leaves: ['DEATHS', 'SURVIVED'],
    sums: [{ total: 'EVENTS', parts: ['DEATHS', 'SURVIVED'] }],
  },
  NALOXONE: {
    definition: 'An overdose, by whether naloxone was given by anybody.',
    denominator: 'All overdoses known to Handrail that occurred in the year.',
    placedBy: 'County and month of the overdose, Eastern time.',
    groups: ['DOSES'],
    measures: { EVENTS: 'Overdoses', GIVEN: 'With naloxone', NOT_GIVEN: 'Without' },
    leaves: ['GIVEN', 'NOT_GIVEN'],
    sums: [{ total: 'EVENTS', parts: ['GIVEN', 'NOT_GIVEN'] }],
  },
  REFERRAL_PATH: {
    definition:
      'A referral, by the furthest step it has reached until now. Who came without an offer counts as offered.',
    denominator: 'Referrals submitted in the year.',
    placedBy: 'First county of the sending agency; month of submission, Eastern time.',
    groups: ['PATHWAY', 'AGE', 'SEX', 'PAYER'],
    measures: {
      SUBMITTED: 'Submitted',
      OFFERED: 'Offered to a program',
      ACCEPTED: 'Place kept',
      ARRIVED: 'Arrived',
      ADMITTED: 'Admitted',
      NEVER_OFFERED: 'Never offered',
      OFFERED_ONLY: 'Offered, no place',
      ACCEPTED_ONLY: 'Place kept, not arrived',
      ARRIVED_ONLY: 'Arrived, not admitted',
    },
    leaves: ['NEVER_OFFERED', 'OFFERED_ONLY', 'ACCEPTED_ONLY', 'ARRIVED_ONLY', 'ADMITTED'],
    sums: [
      { total: 'ARRIVED', parts: ['ARRIVED_ONLY', 'ADMITTED'] },
      { total: 'ACCEPTED', parts: ['ACCEPTED_ONLY', 'ARRIVED'] },
      { total: 'OFFERED', parts: ['OFFERED_ONLY', 'ACCEPTED'] },
      { total: 'SUBMITTED', parts: ['NEVER_OFFERED', 'OFFERED'] },
    ],
  },
  OFFERS: {
    definition: 'An offer of one referral to one program, by how it ended.',
    denominator: 'Offers made in the year.',
    placedBy: 'County of the program; month of the offer, Eastern time.',
    groups: ['REASON'],
    measures: {
      OFFERS: 'Offers',
      ACCEPTED: 'Accepted',
      DECLINED: 'Declined',
      EXPIRED: 'Not answered in time',
      WITHDRAWN: 'Taken back',
      WAITING: 'Waiting',
    },
    leaves: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN', 'WAITING'],
    sums: [{ total: 'OFFERS', parts: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN', 'WAITING'] }],
  },
  NO_SHOWS: {
    definition: 'A referral for which a place was kept, by whether the person was ever missed.',
    denominator: 'Referrals submitted in the year that were accepted by a program, by people or at once.',
    placedBy: 'First county of the sending agency; month of submission, Eastern time.',
    groups: ['AGE', 'SEX'],
    measures: { KEPT: 'Place kept', NEVER_MISSED: 'Never missed', MISSED: 'Missed once or more' },
    leaves: ['NEVER_MISSED', 'MISSED'],
    sums: [{ total: 'KEPT', parts: ['NEVER_MISSED', 'MISSED'] }],
  },
  UNMET_NEED: {
    definition: 'A match after which no program was left to ask, by whether a program was found later.',
    denominator: 'Matches of the year that left nobody.',
    placedBy: 'County in which help was looked for, where known, else none; month of the match, Eastern time.',
    groups: ['RULE'],
    measures: { UNMET: 'No program left', FOUND_LATER: 'Found later', STILL_UNMET: 'Still unmet' },
    leaves: ['FOUND_LATER', 'STILL_UNMET'],
    sums: [{ total: 'UNMET', parts: ['FOUND_LATER', 'STILL_UNMET'] }],
  },
  CLOCKS: {
    definition: 'Something that was due, by how it ended.',
    denominator: 'Clocks started in the year.',
    placedBy: 'First county of the agency that had to act; month of the start, Eastern time.',
    groups: ['KIND'],
    measures: {
      STARTED: 'Started',
      MET: 'Kept',
      BREACHED: 'Breached',
      CANCELLED: 'Nothing left to do',
      RUNNING: 'Running',
    },
    leaves: ['MET', 'BREACHED', 'CANCELLED', 'RUNNING'],
    sums: [{ total: 'STARTED', parts: ['MET', 'BREACHED', 'CANCELLED', 'RUNNING'] }],
  },
  SPIKES: {
    definition: 'An alert of more overdoses than a county’s own year explains.',
    denominator: 'Alerts opened in the year.',
    placedBy: 'County of the alert; month of its opening, Eastern time.',
    groups: [],
    measures: { ALERTS: 'Alerts', QUIET: 'Ended by the counts', DISMISSED: 'Dismissed', OPEN: 'Open' },
    leaves: ['QUIET', 'DISMISSED', 'OPEN'],
    sums: [{ total: 'ALERTS', parts: ['QUIET', 'DISMISSED', 'OPEN'] }],
  },
};
