import { addMinutes } from '../../kernel/clock';
import type { EndReason } from './vocabulary';

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
  'NOT_TRIED_IN_TIME',
  'NOT_REACHED_IN_TIME',
];

export interface Ended {
  readonly closedAt: Date;
  readonly endReason: EndReason | null;
}

/** Whether an ended case goes on: it overdosed again, or there is time after all. Whoever opted out is left alone. */
export const mayGoOn = (
  { closedAt, endReason }: Ended,
  { lastAt, stopAt }: Pick<CaseTimes, 'lastAt' | 'stopAt'>,
  now: Date,
): boolean => {
  if (endReason === 'OPTED_OUT' || stopAt <= now) return false;
  return lastAt > closedAt || BY_TIME.includes(endReason);
};
