import { CLOCK_BREACHED, CLOCK_ESCALATED, CLOCK_REMINDED, type ClockKind } from '../clocks';
import { BREAK_GLASS_OPENED } from '../consent';
import { OUTREACH_CASE_CHANGED, OUTREACH_CASE_OPENED } from '../outreach';
import { WEBHOOK_ENDPOINT_DISABLED } from '../partners';
import type { DeliveredEvent } from '../platform/outbox/subscribers';
import { HANDLE_WITH_CARE_SENT } from '../safety';
import { BATCH_WARNING_ISSUED, SPIKE_ALERT_OPENED, SPIKE_ALERT_UPDATED } from '../surveillance';

interface Plan {
  readonly description: string;
  /** Told in quiet hours too, and never gathered. */
  readonly isUrgent: boolean | ((event: DeliveredEvent) => boolean);
  /** Told once of a record to each person, however often it changes. */
  readonly isOnce?: true;
  /** The record the event speaks of, or null when it makes no nudge of this kind. */
  readonly about: (event: DeliveredEvent) => string | null;
}

const on =
  (...names: readonly string[]) =>
  ({ name, subjectId }: DeliveredEvent): string | null =>
    names.includes(name) ? subjectId : null;
/** Somebody waits while they run; the others run for days. */
const HURRIED: ReadonlySet<string> = new Set<ClockKind>(['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED', 'HOLD_ENDS']);
const onClock = on(CLOCK_REMINDED, CLOCK_BREACHED, CLOCK_ESCALATED);

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
    about: onClock,
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
    about: onClock,
  },
  COUNT_DUE: { description: 'Is the count of a pool still right?', isUrgent: false, about: onClock },
  OVERSIGHT_DUE: {
    description: 'A review or an accounting of disclosures nears its deadline or has passed it.',
    isUrgent: false,
    about: onClock,
  },
  WAITLISTED: {
    description: 'Somebody was put on the waitlist.',
    isUrgent: false,
    about: ({ name, payload }) => (name === 'waitlist.entered' ? (payload['referralId'] ?? null) : null),
  },
  PLACE_GIVEN: {
    description: 'Somebody who waited was given a place.',
    isUrgent: false,
    about: ({ name, payload }) => (name === 'waitlist.place-given' ? (payload['referralId'] ?? null) : null),
  },
  SCHOOL_NOTICE: { description: 'A notice to the school waits.', isUrgent: true, about: on(HANDLE_WITH_CARE_SENT) },
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
