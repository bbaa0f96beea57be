/** Pure time arithmetic. Whoever decides is told the time as `asOf`; nobody here asks a clock. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

export const minutesBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / MINUTE_MS;

/** Completed years between a birth date (`YYYY-MM-DD`) and a day, both as calendar dates in UTC. */
export const ageOn = (birthDate: string, on: Date): number => {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const years = on.getUTCFullYear() - year;
  const isBeforeBirthday = on.getUTCMonth() + 1 < month || (on.getUTCMonth() + 1 === month && on.getUTCDate() < day);
  return isBeforeBirthday ? years - 1 : years;
};
