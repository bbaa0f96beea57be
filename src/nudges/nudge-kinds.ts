import { AGENCY_LEFT_WAITING } from '../agencies';
import { CLOCK_BREACHED, CLOCK_ESCALATED, CLOCK_REMINDED, type ClockKind } from '../clocks';
import { BREAK_GLASS_OPENED } from '../consent';
import { OUTREACH_CASE_CHANGED, OUTREACH_CASE_OPENED } from '../outreach';
import { WEBHOOK_ENDPOINT_DISABLED } from '../partners';
import type { DeliveredEvent } from '../platform/outbox/subscribers';
import { EXPOSURE_REPORTED, RESTOCK_MOVED, STOCK_WARNING_RAISED } from '../responders';
import { CHILD_REPORTED, CHILD_UNSETTLED, HANDLE_WITH_CARE_SENT } from '../safety';
import { BATCH_WARNING_ISSUED, SPIKE_ALERT_OPENED, SPIKE_ALERT_UPDATED } from '../surveillance';

interface Plan {
  readonly description: string;
  /** Told in quiet hours too, and never gathered. */
  readonly isUrgent: boolean | ((event: DeliveredEvent) => boolean);
  /** Told once of a record to each person, however often it changes. */
  readonly isOnce?: true;
  /** Not every one of an agency and role has it before them: each is asked. */
  readonly isPersonal?: true;
  /** The record the event speaks of, or null when it makes no nudge of this kind. */
  readonly about: (event: DeliveredEvent) => string | null;
}

const on =
  (...names: readonly string[]) =>
  ({ name, subjectId }: DeliveredEvent): string | null =>
    names.includes(name) ? subjectId : null;
/** Somebody waits while they run; the others run for days. */
const HURRIED: ReadonlySet<string> = new Set<ClockKind>([
  ...(['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED', 'HOLD_ENDS', 'ARRIVAL_DECIDED'] as const),
]);
/** Which of the kinds below tells of a clock: there is none that nobody hears of. */
const toldBy = {
  OFFER_ACKNOWLEDGED: 'CLOCK_DUE',
  OFFER_DECIDED: 'CLOCK_DUE',
  HOLD_ENDS: 'CLOCK_DUE',
  ARRIVAL_DECIDED: 'CLOCK_DUE',
  STAY_CONFIRMED: 'CLOCK_DUE',
  INFO_PROVIDED: 'CLOCK_DUE',
  INTERIM_SERVICES: 'CLOCK_DUE',
  ADMISSION: 'CLOCK_DUE',
  ADMISSION_WITH_INTERIM: 'CLOCK_DUE',
  PLACE_FOUND: 'CLOCK_DUE',
  BRIDGE_ENDS: 'CLOCK_DUE',
  INTERIM_METHADONE_ENDS: 'CLOCK_DUE',
  WAITLIST_CONTACT: 'CLOCK_DUE',
  FOLLOW_UP_DAY_30: 'CLOCK_DUE',
  FOLLOW_UP_DAY_90: 'CLOCK_DUE',
  CAPACITY_NOTICE: 'COUNT_DUE',
  CENSUS_FRESH: 'COUNT_DUE',
  ACCOUNTING_ANSWERED: 'OVERSIGHT_DUE',
  BREAK_GLASS_REVIEWED: 'OVERSIGHT_DUE',
  OUTREACH_VISIT: 'CASE_DUE',
  OUTREACH_STOP: 'CASE_DUE',
  OUTREACH_FAMILY_VISIT: 'CASE_DUE',
  OUTREACH_FAMILY_STOP: 'CASE_DUE',
  OUTREACH_AT_RISK_VISIT: 'CASE_DUE',
  OUTREACH_ACKNOWLEDGED: 'CASE_DUE',
  OUTREACH_ASSIGNED: 'CASE_DUE',
  NOTICE_READ: 'NOTICE_UNREAD',
  CHILD_RECEIVED: 'CHILD_DUE',
  CHILD_SETTLED: 'CHILD_DUE',
  RESTOCK_ANSWERED: 'RESTOCK_DUE',
  RESTOCK_RECEIVED: 'RESTOCK_DUE',
  EXPOSURE_REVIEWED: 'EXPOSURE_DUE',
  EXPOSURE_FOLLOWED_UP: 'EXPOSURE_DUE',
} as const satisfies Record<ClockKind, string>;
type ToldOfClock = (typeof toldBy)[ClockKind];
const isClock = on(CLOCK_REMINDED, CLOCK_BREACHED, CLOCK_ESCALATED);
const onClock =
  (nudge: ToldOfClock) =>
  (event: DeliveredEvent): string | null =>
    toldBy[event.payload['kind'] as ClockKind] === nudge ? isClock(event) : null;

const onRung =
  (tell: string) =>
  (event: DeliveredEvent): string | null =>
    event.payload['tell'] === tell ? isClock(event) : null;

/** Why somebody is told that something waits. Nobody outside Handrail reads it: a message is one of a few fixed texts, whatever the kind. */
const plans = {
  OFFER_WAITS: {
    description: 'A referral was put to a program of the agency, or was given a place where it takes people at once.',
    isUrgent: false,
    about: on('offer.made'),
  },
  REFERRAL_MOVED: {
    description: 'Something has changed of a referral you sent that you may see.',
    isUrgent: false,
    about: ({ subjectType, subjectId, payload }) =>
      subjectType === 'Referral' ? subjectId : (payload['referralId'] ?? null),
  },
  CLOCK_DUE: {
    description: 'Something on a referral nears its deadline, has passed it, or has come to you next.',
    isUrgent: ({ payload }) => HURRIED.has(payload['kind'] ?? ''),
    about: onClock('CLOCK_DUE'),
  },
  FACTS_WANTED: {
    description: 'Facts that were asked for about a referral you sent are still missing.',
    isUrgent: false,
    isPersonal: true,
    about: onRung('SENDER'),
  },
  FACTS_WANTED_SOON: {
    description: 'Facts about a referral your agency sent are still missing, and it ends within days without them.',
    isUrgent: false,
    about: onRung('SENDING_AGENCY'),
  },
  REFERRAL_LAPSED: {
    description: 'A referral you coordinate has ended, because nobody sent the facts that were asked for.',
    isUrgent: false,
    about: on('referral.expired'),
  },
  CASE_PLACED: {
    description: 'A case of outreach was handed to your team, or waits for you to find it a team.',
    isUrgent: false,
    isOnce: true,
    about: on(OUTREACH_CASE_OPENED, OUTREACH_CASE_CHANGED),
  },
  CASE_DUE: {
    description: 'A case of outreach nears its deadline, has passed it, or has come to you next.',
    isUrgent: false,
    about: onClock('CASE_DUE'),
  },
  COUNT_DUE: {
    description: 'Is the count of a pool still right, or is the state to be told of a program that is nearly full?',
    isUrgent: false,
    about: onClock('COUNT_DUE'),
  },
  OVERSIGHT_DUE: {
    description: 'A review or an accounting of disclosures nears its deadline or has passed it.',
    isUrgent: false,
    about: onClock('OVERSIGHT_DUE'),
  },
  EXPOSURE_DUE: {
    description: 'A responder was exposed to drugs, and somebody is to speak with them.',
    isUrgent: false,
    about: (event) => on(EXPOSURE_REPORTED)(event) ?? onClock('EXPOSURE_DUE')(event),
  },
  AGENCY_OVERDUE: {
    description:
      'An agency let a deadline pass, or has nobody left to meet one, and nobody in its coordinating team has seen to it: ask them.',
    isUrgent: false,
    // What is over at its deadline is told before.
    about: (event) =>
      on(CLOCK_ESCALATED, AGENCY_LEFT_WAITING)(event) ??
      (event.payload['kind'] === 'INFO_PROVIDED' ? on(CLOCK_REMINDED)(event) : null),
  },
  WAITLISTED: {
    description: 'Somebody was put on the waitlist, or waits there and came to your team.',
    isUrgent: false,
    about: ({ name, payload }) =>
      name === 'waitlist.entered' || name === 'waitlist.led' ? (payload['referralId'] ?? null) : null,
  },
  PLACE_GIVEN: {
    description: 'Somebody who waited was given a place.',
    isUrgent: false,
    about: ({ name, payload }) => (name === 'waitlist.place-given' ? (payload['referralId'] ?? null) : null),
  },
  SCHOOL_NOTICE: { description: 'A notice to the school waits.', isUrgent: true, about: on(HANDLE_WITH_CARE_SENT) },
  NOTICE_UNREAD: {
    description: 'The bell of a school has rung, and nobody there has read your notice: call them.',
    isUrgent: true,
    isPersonal: true,
    about: onClock('NOTICE_UNREAD'),
  },
  CHILD_REPORT: {
    description: 'A child was reported to child services.',
    isUrgent: true,
    about: on(CHILD_REPORTED),
  },
  CHILD_DUE: {
    description:
      'A report of a child was not received in time, a child is with nobody any more, or with somebody of whom a check has not passed.',
    isUrgent: true,
    about: (event) => on(CHILD_UNSETTLED)(event) ?? onClock('CHILD_DUE')(event),
  },
  STOCK_WARNED: {
    description: 'The stock of naloxone is low, or doses are near or past their date.',
    isUrgent: ({ payload }) => payload['kind'] === 'LOW_IN_SPIKE',
    about: on(STOCK_WARNING_RAISED),
  },
  RESTOCK_DUE: {
    description: 'Another agency asks for naloxone, or what it sent is to be taken into stock.',
    isUrgent: ({ payload }) => payload['isSpike'] === 'true',
    about: (event) => on(RESTOCK_MOVED)(event) ?? onClock('RESTOCK_DUE')(event),
  },
  GLASS_BROKEN: { description: 'A record was opened in an emergency.', isUrgent: true, about: on(BREAK_GLASS_OPENED) },
  ENDPOINT_DISABLED: {
    description: 'Handrail stopped sending to a partner system of the agency.',
    isUrgent: false,
    about: on(WEBHOOK_ENDPOINT_DISABLED),
  },
  SPIKE: {
    description: 'An alert of overdoses in a county you work in.',
    isUrgent: true,
    about: on(SPIKE_ALERT_OPENED, SPIKE_ALERT_UPDATED),
    isOnce: true,
  },
  BATCH_WARNING: {
    description: 'A batch of drugs was found to be potent or adulterated, in a county you work in.',
    isUrgent: true,
    about: on(BATCH_WARNING_ISSUED),
  },
} as const satisfies Record<string, Plan>;

export type NudgeKind = keyof typeof plans;
export const nudgeKinds: Readonly<Record<NudgeKind, Plan>> = plans;
export const nudgeKindNames = Object.keys(plans) as NudgeKind[];

/** How an event of a kind is told. */
export const mannerOf = (kind: NudgeKind, event: DeliveredEvent): { isUrgent: boolean; isOnce: boolean } => {
  const { isUrgent, isOnce = false } = nudgeKinds[kind];
  return { isUrgent: typeof isUrgent === 'function' ? isUrgent(event) : isUrgent, isOnce };
};

/** Whom the ladder of a clock names; a deadline that passes is told to whoever has to act. */
export const tellOf = ({ name, payload }: DeliveredEvent): string =>
  name === CLOCK_BREACHED ? 'OWNER' : (payload['tell'] ?? '');
