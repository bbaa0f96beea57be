import type { Shift } from './vocabulary';

/** When shifts begin, by the hour of the place. The night is what is left. */
export interface ShiftHours {
  readonly day: number;
  readonly evening: number;
  readonly night: number;
}

export interface ShiftOfDay {
  /** `YYYY-MM-DD`; a night belongs to the day it begins on. */
  readonly date: string;
  readonly shift: Shift;
}

const DAY_MS = 86_400_000;

const localHour = (at: Date, zone: string): { date: string; hour: number } => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Record<string, string>;
  return { date: `${part['year']}-${part['month']}-${part['day']}`, hour: Number(part['hour']) };
};

/** The day that it is at the place. */
export const dateOf = (at: Date, zone: string): string => localHour(at, zone).date;

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

/** As finely as anybody but the keeper of the property room may know when something was handed in. */
export const shiftOf = (at: Date, zone: string, { day, evening, night }: ShiftHours): ShiftOfDay => {
  const { date, hour } = localHour(at, zone);
  if (hour < day) return { date: dayBefore(date), shift: 'NIGHT' };
  if (hour < evening) return { date, shift: 'DAY' };
  return { date, shift: hour < night ? 'EVENING' : 'NIGHT' };
};
