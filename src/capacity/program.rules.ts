import { IANAZone } from 'luxon';
import { counties, isState, stateOfFips, timeZoneOf } from '../agencies';
import { invalid, isRefusal, type Refusal } from '../kernel/refusal';
import type { IntakeHours } from './program.entity';
import type { ProgramFacts } from './programs.store';

/** Where a program is, as far as the provider said it. */
type Placed = Pick<ProgramFacts, 'state' | 'countyFips' | 'latitude' | 'longitude'> & {
  readonly timeZone: string | null;
};
type Settled = Pick<ProgramFacts, 'countyFips' | 'timeZone'>;

/** One week and the night after it, in minutes of a day. */
const LATEST_CLOSE = 2 * 1440;

const placeFault = ({ state, latitude, longitude }: Placed): Refusal | null => {
  if (!isState(state)) return invalid('input.state', 'No state has this code.', 'Send a USPS code, for example OH.');
  if ((latitude === null) === (longitude === null)) return null;
  return invalid('input.latitude', 'Latitude and longitude go together.', 'Send both, or null for both.');
};

const countyOf = ({ state, countyFips, latitude, longitude }: Placed): string | null | Refusal => {
  if (countyFips === null) {
    return latitude === null || longitude === null ? null : counties().countyAt(latitude, longitude);
  }
  if (counties().isCounty(countyFips) && stateOfFips(countyFips) === state) return countyFips;
  return invalid('input.countyFips', 'The state has no such county.', 'Look the code up with `counties(state)`.');
};

/** County and time zone of a place: as given, else the county of the point and the zone that the county keeps. */
export const settledPlace = (place: Placed): Settled | Refusal => {
  const fault = placeFault(place);
  if (fault) return fault;
  const countyFips = countyOf(place);
  if (isRefusal(countyFips)) return countyFips;
  const timeZone = place.timeZone ?? timeZoneOf(place.state, countyFips);
  if (timeZone !== null && IANAZone.isValidZone(timeZone)) return { countyFips, timeZone };
  return invalid('input.timeZone', 'No such time zone.', 'Send an IANA name, for example America/New_York.');
};

export const intakeFault = (windows: readonly IntakeHours[]): Refusal | null => {
  const at = windows.findIndex(({ opens, closes }) => closes <= opens || closes > LATEST_CLOSE);
  if (at < 0) return null;
  const field = `input.intakeWindows[${at}].closes`;
  return invalid(field, 'Intake closes after it opens.', 'Past midnight, add 1440 to the minutes of `closes`.');
};
