import { DateTime } from 'luxon';
import { counties, timeZoneOf } from '../agencies';
import { PlaceClock } from './engine/place-clock';

/** A winter day: standard time in every zone of the United States. */
const WINTER = { year: 2026, month: 1, day: 15 } as const;
const FALLBACK_ZONE = 'America/New_York';

const known = new Map<string, PlaceClock>();

/** The county’s standard time. */
export const placeClockOf = (countyFips: string): PlaceClock => {
  const made = known.get(countyFips);
  if (made) return made;
  const zone = timeZoneOf(counties().county(countyFips)?.state ?? '', countyFips) ?? FALLBACK_ZONE;
  const clock = new PlaceClock(DateTime.fromObject(WINTER, { zone }).offset);
  known.set(countyFips, clock);
  return clock;
};
