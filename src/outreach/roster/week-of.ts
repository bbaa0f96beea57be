import { DateTime } from 'luxon';
import { counties, timeZoneOf } from '../../agencies';

const FALLBACK_ZONE = 'America/New_York';

export const zoneOfCounty = (countyFips: string): string =>
  timeZoneOf(counties().county(countyFips)?.state ?? '', countyFips) ?? FALLBACK_ZONE;

/** The Monday of its week, `YYYY-MM-DD`, by the calendar of the county. */
export const weekOf = (at: Date, countyFips: string): string =>
  DateTime.fromJSDate(at, { zone: zoneOfCounty(countyFips) })
    .startOf('week')
    .toISODate() ?? '';
