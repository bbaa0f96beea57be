import { DAY_MS, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { EventFile, FileEvent } from './read-events';

/** A row that was read: an event, and as many as it stands for. */
export interface Placed {
  readonly event: FileEvent;
  readonly hasTime: boolean;
  readonly times: number;
  /** The same by a column that nobody named; `null`: there is none, or no whole number in it. */
  readonly guessed: number | null;
}

/** So many times as common as other full hours, and at least so often, midnight stands for an hour that is not known. */
const MIDNIGHT_FACTOR = 5;
const MIDNIGHT_LEAST = 5;

/** Start of the day, milliseconds. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

const isAtMidnight = ({ event }: Placed): boolean => event.occurredAt === dayOf(event.occurredAt);

const atDayEnd = (event: FileEvent): FileEvent => {
  const end = dayOf(event.occurredAt) + DAY_MS - 1;
  return { ...event, occurredAt: end, knownAt: Math.max(end, event.knownAt) };
};

/** Whether who wrote the file wrote midnight where the hour was not known. */
const isMidnightUnknown = (placed: readonly Placed[]): boolean => {
  const timed = placed.filter(({ hasTime }) => hasTime);
  const midnights = timed.filter(isAtMidnight).length;
  const fullHours = timed.filter(({ event }) => event.occurredAt % HOUR_MS === 0).length - midnights;
  return midnights >= MIDNIGHT_LEAST && midnights > MIDNIGHT_FACTOR * Math.max(1, fullHours / 23);
};

/** Events in the order in which they became known. A day whose hour is not known is known at its end, and not before. */
export const eventsOf = (
  placed: readonly Placed[],
  { isCounted, hasZone }: { readonly isCounted: boolean; readonly hasZone: boolean },
): Pick<EventFile, 'events' | 'isDaily' | 'notes'> => {
  const isDaily = isCounted || placed.every((one) => !one.hasTime || isAtMidnight(one));
  const isUnknownAtMidnight = !isDaily && !hasZone && isMidnightUnknown(placed);
  let unknownHours = 0;
  const events = placed.flatMap((one) => {
    const isUnknown = !one.hasTime || (isUnknownAtMidnight && isAtMidnight(one));
    if (isUnknown && !isDaily) unknownHours += 1;
    const event = isDaily || isUnknown ? atDayEnd(one.event) : one.event;
    return one.times === 1 ? [event] : new Array<FileEvent>(one.times).fill(event);
  });
  const note = `${unknownHours} rows say the day only: they are known at the end of the day.`;
  return {
    events: events.sort((one, other) => one.knownAt - other.knownAt),
    isDaily,
    notes: unknownHours > 0 ? [note] : [],
  };
};
