import { DateTime } from 'luxon';

export const nudgeRhythms = {
  AT_ONCE: 'As it comes; what comes within ten minutes after a message is gathered into the next.',
  HOURLY: 'Gathered for an hour from the first thing that waits.',
} as const;
export type NudgeRhythm = keyof typeof nudgeRhythms;

/** Local times of day, `22:00`; over midnight where `from` is later than `until`. */
export interface Quiet {
  readonly from: string;
  readonly until: string;
}

export interface Wishes {
  readonly rhythm: NudgeRhythm;
  readonly quiet: Quiet | null;
  readonly zone: string;
}

export interface Waits {
  readonly since: Date;
  readonly isUrgent: boolean;
}

const MINUTE_MS = 60_000;
/** A burst makes one message more, not one each. */
const GATHERED_MS = 10 * MINUTE_MS;
const GATHERED_URGENT_MS = MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;

const isQuietAt = (time: string, { from, until }: Quiet): boolean =>
  from < until ? time >= from && time < until : time >= from || time < until;

/** The moment itself, or the end of the quiet hours it falls into, by the clock on the person’s wall. */
const afterQuiet = (at: Date, quiet: Quiet | null, zone: string): Date => {
  const local = DateTime.fromJSDate(at, { zone });
  if (!quiet || !isQuietAt(local.toFormat('HH:mm'), quiet)) return at;
  const [hour, minute] = quiet.until.split(':').map(Number);
  const today = local.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 });
  return (today <= local ? today.plus({ days: 1 }) : today).toJSDate();
};

/** When somebody is told of a thing that waits. Says nothing of what the thing is but that it is urgent. */
export const tellAt = ({ since, isUrgent }: Waits, wishes: Wishes, lastToldAt: Date | null): Date => {
  const pause = isUrgent ? GATHERED_URGENT_MS : GATHERED_MS;
  const rested = lastToldAt === null ? since.getTime() : Math.max(since.getTime(), lastToldAt.getTime() + pause);
  if (isUrgent) return new Date(rested);
  const gathered = wishes.rhythm === 'HOURLY' ? Math.max(rested, since.getTime() + HOUR_MS) : rested;
  return afterQuiet(new Date(gathered), wishes.quiet, wishes.zone);
};
