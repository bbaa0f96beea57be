import { addMinutes } from '../../kernel/clock';
import type { DueReason, EndReason, OutreachCaseState } from './vocabulary';

/** Reports come late: whoever hears of it then has so long at least, and never past the stop. */
export const LATE_MINUTES = 24 * 60;

export interface TimedEvent {
  readonly occurredAt: Date;
  /** When Handrail first heard of it. */
  readonly recordedAt: Date;
}

export interface Lengths {
  readonly dueAt: (start: Date) => Date;
  readonly stopAt: (start: Date) => Date;
}

export interface CaseTimes {
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly dueAt: Date;
  readonly stopAt: Date;
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
const sooner = (a: Date, b: Date): Date => (a < b ? a : b);

/** `since`: when the person was last reached, or the case last ended; what happened after it is due anew. */
export const timesOf = (
  events: readonly [TimedEvent, ...TimedEvent[]],
  lengths: Lengths,
  since: Date | null,
): CaseTimes => {
  const sorted = [...events].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  const [first, last] = [sorted[0] as TimedEvent, sorted[sorted.length - 1] as TimedEvent];
  const from = sorted.find(({ occurredAt }) => since !== null && occurredAt > since) ?? first;
  const stopAt = lengths.stopAt(last.occurredAt);
  const dueAt = later(lengths.dueAt(from.occurredAt), sooner(stopAt, addMinutes(from.recordedAt, LATE_MINUTES)));
  return { firstAt: first.occurredAt, lastAt: last.occurredAt, dueAt: sooner(dueAt, stopAt), stopAt };
};

/** From the discharge on; whoever hears of it later has a day at least, for the patient has only now asked to be seen. */
export const flagTimes = (
  dischargeAt: Date,
  flaggedAt: Date,
  lengths: Lengths,
): Pick<CaseTimes, 'dueAt' | 'stopAt'> => {
  const heard = addMinutes(flaggedAt, LATE_MINUTES);
  const stopAt = later(lengths.stopAt(dischargeAt), heard);
  return { dueAt: sooner(later(lengths.dueAt(dischargeAt), heard), stopAt), stopAt };
};

/** Reasons that time itself gave. */
const BY_TIME: readonly (EndReason | null)[] = [
  'REPORTED_TOO_LATE',
  'NO_PROGRAM',
  'OPT_OUT_UNDECIDED',
  'NOT_TRIED_IN_TIME',
  'NOT_REACHED_IN_TIME',
];

/** How far a case is when something more is heard of the person. */
export interface SoFar {
  readonly kind: string;
  readonly state: OutreachCaseState;
  readonly lastAt: Date;
  /** When the person was last reached. */
  readonly reachedAt: Date | null;
  readonly closedAt: Date | null;
  readonly endReason: EndReason | null;
  /** When somebody last tried; null: nobody has. */
  readonly triedAt: Date | null;
  /** Since when somebody else's overdoses stood on it, who is known to be another person now; null: nobody's did. */
  readonly parted: Date | null;
}

const isSince = (at: Date | null, since: Date | null): boolean => at !== null && since !== null && at >= since;

/** What was done on it last, and answers the overdoses before it: a contact, an end without one, or an attempt. */
export const answeredAt = ({ state, reachedAt, closedAt, endReason, triedAt }: Omit<SoFar, 'parted'>): Date | null => {
  if (state === 'CLOSED') return endReason === null ? reachedAt : closedAt;
  return state === 'REACHED' ? reachedAt : (triedAt ?? reachedAt);
};

/** It waits already, or nobody is to come whatever happens. */
const isAsItIs = ({ state, endReason }: SoFar): boolean =>
  !['TRIED', 'REACHED', 'CLOSED'].includes(state) || endReason === 'OPTED_OUT';

const isParted = ({ state, closedAt, reachedAt, parted }: SoFar): boolean =>
  state !== 'TRIED' && isSince(closedAt ?? reachedAt, parted);

/** Of a discharge that lies ahead a contact before it is an answer. */
const isAgain = (soFar: SoFar, lastAt: Date): boolean => {
  const answered = answeredAt(soFar);
  return soFar.kind !== 'AT_RISK' && answered !== null && lastAt > answered;
};

/** Why a case that was answered goes on, if it does: parted from somebody, overdosed again, or there is time after all. Null: it stays. */
export const dueAnew = (
  soFar: SoFar,
  { lastAt, stopAt }: Pick<CaseTimes, 'lastAt' | 'stopAt'>,
  now: Date,
): DueReason | null => {
  if (stopAt <= now || isAsItIs(soFar)) return null;
  if (isParted(soFar)) return 'PERSON_PARTED';
  if (isAgain(soFar, lastAt)) return 'ANOTHER_OVERDOSE';
  return soFar.state === 'CLOSED' && BY_TIME.includes(soFar.endReason) ? 'MORE_TIME' : null;
};

/** A contact, and what they said in it of being called back. */
export interface Contact {
  readonly at: Date;
  /** They asked to be called; maybe without a time. */
  readonly isAsked: boolean;
  readonly callBackAt: Date | null;
}

/** When to call them after this contact: told late it takes back nothing that was said since; asked again without a time, the one ahead stands. */
export const callBackAfter = (
  { reachedAt, callBackAt }: { readonly reachedAt: Date | null; readonly callBackAt: Date | null },
  contact: Contact,
): Date | null => {
  if (reachedAt !== null && contact.at < reachedAt) return callBackAt;
  const isAhead = callBackAt !== null && callBackAt > contact.at;
  return contact.callBackAt ?? (contact.isAsked && isAhead ? callBackAt : null);
};
