import { DateTime, Duration } from 'luxon';
import { bellsOn, LONGEST_CLOSED, type BellCalendar } from './engine/bells';

/** The first bell after a moment; null where none rings for longer than any vacation. Pure, whatever the machine’s zone. */
export const nextBell = (calendar: BellCalendar, after: Date): Date | null => {
  const from = DateTime.fromJSDate(after, { zone: calendar.zone });
  if (!from.isValid) throw new Error(`no bells in ${calendar.zone}`);
  for (let days = 0; days <= LONGEST_CLOSED; days++) {
    // From that midnight: read by itself, an hour that comes twice would be the one of today’s time, summer or winter.
    const midnight = from.plus({ days }).startOf('day');
    const rung = bellsOn(midnight.toISODate(), calendar).map((bell) => {
      const [hour, minute] = bell.split(':').map(Number);
      return midnight.set({ hour, minute });
    });
    const next = rung.find((bell) => bell > from);
    if (next) return next.toJSDate();
  }
  return null;
};

/** Due before the next bell, and after `lasts` at the latest: nothing waits for the end of a vacation. */
export const dueByBell = (lasts: string, start: Date, calendar: BellCalendar): Date => {
  const latest = DateTime.fromJSDate(start, { zone: calendar.zone }).plus(Duration.fromISO(lasts)).toJSDate();
  const bell = nextBell(calendar, start);
  return bell !== null && bell < latest ? bell : latest;
};
