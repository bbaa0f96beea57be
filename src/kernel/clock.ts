/** Pure time arithmetic. Whoever decides is told the time as `asOf`; nobody here asks a clock. */
export const MINUTE_MS = 60_000;

export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

export const minutesBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / MINUTE_MS;

/** Completed years between a birth date (`YYYY-MM-DD`) and a day, both as calendar dates in UTC. */
export const ageOn = (birthDate: string, on: Date): number => {
  const born = new Date(`${birthDate}T00:00:00Z`);
  const years = on.getUTCFullYear() - born.getUTCFullYear();
  const monthsLeft = born.getUTCMonth() - on.getUTCMonth();
  const isBeforeBirthday = monthsLeft > 0 || (monthsLeft === 0 && born.getUTCDate() > on.getUTCDate());
  return isBeforeBirthday ? years - 1 : years;
};
