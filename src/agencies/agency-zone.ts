import { DateTime } from 'luxon';
import type { AgencyFacts } from './agencies.store';
import { counties, timeZoneOf } from './counties';

type Placed = Pick<AgencyFacts, 'state' | 'jurisdictionFips'>;
const FALLBACK_ZONE = 'America/New_York';

/** IANA zone of the counties that an agency works in; null where it names none, or counties of several zones. */
export const zoneOfCounties = ({ state, jurisdictionFips }: Placed): string | null => {
  const [zone = null, ...others] = new Set(
    jurisdictionFips.map((fips) => timeZoneOf(counties().county(fips)?.state ?? state, fips)),
  );
  return others.length === 0 ? zone : null;
};

/** … and there the one that most of its state keeps. */
export const zoneOfAgency = (agency: Placed): string =>
  zoneOfCounties(agency) ?? timeZoneOf(agency.state, null) ?? FALLBACK_ZONE;

/** The day that a moment falls on in a zone, as a calendar date in UTC: what ages and the versions of rules are counted by. */
export const dayIn = (zone: string, at: Date): Date =>
  DateTime.fromJSDate(at, { zone }).setZone('utc', { keepLocalTime: true }).startOf('day').toJSDate();
