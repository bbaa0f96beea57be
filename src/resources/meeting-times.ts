import { DateTime } from 'luxon';

export interface Weekly {
  readonly weekday: number;
  readonly startMinute: number;
  readonly timeZone: string;
}

/** The week that begins now, or with a day: that day as the clocks of each place have it. */
export interface Week {
  readonly asOf: Date;
  /** `YYYY-MM-DD`; null: from now on. */
  readonly firstDay: string | null;
}

/** When a weekly meeting begins within the seven days, on the clocks of its own place: once, whatever the time of year. */
export const beginsIn = ({ weekday, startMinute, timeZone }: Weekly, { asOf, firstDay }: Week): Date => {
  const from = firstDay
    ? DateTime.fromISO(firstDay, { zone: timeZone })
    : DateTime.fromJSDate(asOf, { zone: timeZone });
  const day = from.startOf('day').plus({ days: (weekday - from.weekday + 7) % 7 });
  const start = day.set({ hour: Math.floor(startMinute / 60), minute: startMinute % 60 });
  return (start < from ? start.plus({ days: 7 }) : start).toJSDate();
};
