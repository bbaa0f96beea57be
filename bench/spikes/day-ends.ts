import { DAY_MS, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { EventFile, FileEvent, Watch } from './read-events';

/** A row that was read: an event, and as many as it stands for. */
export interface Placed {
  readonly event: FileEvent;
  readonly hasTime: boolean;
  readonly times: number;
}

/** So many times as common as other full hours, and at least so often, midnight stands for an hour that is not known. */
const MIDNIGHT_FACTOR = 5;
const MIDNIGHT_LEAST = 5;

/** Start of the day, milliseconds. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

const isAtMidnight = ({ event }: Placed): boolean => event.occurredAt === dayOf(event.occurredAt);

/** What happened at some time of so many milliseconds is known at their end, and not before. */
const atEndOf = (length: number, event: FileEvent): FileEvent => {
  const end = Math.floor(event.occurredAt / length) * length + length - 1;
  return { ...event, occurredAt: end, knownAt: Math.max(end, event.knownAt) };
};

const HOURS = [12, 8, 6, 4, 3, 2, 1] as const;
const FEW = 8;

/** The length that all times of day are whole steps of, in hours: the rows say no more than that. `null`: minutes are said, or rows are few. */
const stepOf = (placed: readonly Placed[], isCounted: boolean): number | null => {
  const timed = placed.filter(({ hasTime }) => hasTime);
  if (timed.length < FEW) return null;
  const isStep = (hours: number): boolean =>
    timed.every(({ event }) => (event.occurredAt - dayOf(event.occurredAt)) % (hours * HOUR_MS) === 0);
  return (isCounted ? HOURS : HOURS.slice(-1)).find(isStep) ?? null;
};

/** Whether who wrote the file wrote midnight where the hour was not known. */
const isMidnightUnknown = (placed: readonly Placed[]): boolean => {
  const timed = placed.filter(({ hasTime }) => hasTime);
  const midnights = timed.filter(isAtMidnight).length;
  const fullHours = timed.filter(({ event }) => event.occurredAt % HOUR_MS === 0).length - midnights;
  return midnights >= MIDNIGHT_LEAST && midnights > MIDNIGHT_FACTOR * Math.max(1, fullHours / 23);
};

const atEnd = (event: FileEvent, length: number | null): FileEvent =>
  length === null ? event : atEndOf(length, event);

/** Where other rows say the hour. */
const ofDay = (event: FileEvent): FileEvent => ({ ...atEndOf(DAY_MS, event), isDayOnly: true });

/** Events in the order in which they became known. A day whose hour is not known is known at its end, and not before. */
export const eventsOf = (
  placed: readonly Placed[],
  { isCounted, hasZone }: { readonly isCounted: boolean; readonly hasZone: boolean },
): Pick<EventFile, 'events' | 'isDaily' | 'notes'> & {
  readonly watch: Omit<Watch, 'unobserved'>;
  readonly step: number | null;
} => {
  const isDaily = placed.every((one) => !one.hasTime || isAtMidnight(one));
  const step = isDaily ? null : stepOf(placed, isCounted);
  const isUnknownAtMidnight = !isDaily && !hasZone && isMidnightUnknown(placed);
  const length = isDaily ? DAY_MS : step && step * HOUR_MS;
  let unknownHours = 0;
  const from = new Map<string, number>();
  let until = 0;
  const events = placed.flatMap((one) => {
    const isUnknown = !one.hasTime || (isUnknownAtMidnight && isAtMidnight(one));
    if (isUnknown && !isDaily) unknownHours += 1;
    const event = isUnknown && !isDaily ? ofDay(one.event) : atEnd(one.event, length);
    // A row that counts none says that somebody looked.
    from.set(event.place, Math.min(event.knownAt, from.get(event.place) ?? Infinity));
    until = Math.max(until, event.knownAt);
    return one.times === 1 ? [event] : new Array<FileEvent>(one.times).fill(event);
  });
  const day = `${unknownHours} rows say the day only: they are known at the end of the day.`;
  const hours = `All times are whole steps of ${step} h: what happened in one is known at its end.`;
  return {
    events: events.sort((one, other) => one.knownAt - other.knownAt),
    isDaily,
    step: isDaily ? 24 : step,
    watch: { from, until },
    notes: [...(step === null ? [] : [hours]), ...(unknownHours > 0 ? [day] : [])],
  };
};
