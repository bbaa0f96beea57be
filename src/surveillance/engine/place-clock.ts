import { DAY_MS } from './timeline';

const MINUTE_MS = 60_000;

/**
 * The one fixed clock of a place: its standard time all year, so that a day has 24 hours and weekdays and hours are its own.
 * `offsetMinutes` is standard time east of Greenwich.
 */
export class PlaceClock {
  constructor(private readonly offsetMinutes: number) {}

  read(moment: Date): number {
    return moment.getTime() + this.offsetMinutes * MINUTE_MS;
  }

  moment(at: number): Date {
    return new Date(at - this.offsetMinutes * MINUTE_MS);
  }

  /** `YYYY-MM-DD` of the place. */
  dayOf(moment: Date): string {
    return dayText(this.read(moment));
  }
}

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** So many days up to and with the day of `until`, in order. */
export const daysUpTo = (clock: PlaceClock, until: Date, days: number): readonly string[] => {
  const last = Math.floor(clock.read(until) / DAY_MS);
  return Array.from({ length: days }, (_, index) => dayText((last - days + 1 + index) * DAY_MS));
};
