import { counties } from './county-map';

/**
 * The IANA zone most of a state keeps, and the counties that keep another. 49 CFR Part 71 sets the limits; the table
 * follows county lines and was not read at that source, so it is a starting value that an agency's admin may
 * correct. Where the limit runs through a county (Cherry NE, Gulf FL, Stanley SD, Idaho ID …) its larger part counts.
 */
const zonesByState: Record<string, string> = {
  'America/New_York': 'CT DC DE FL GA KY MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
  'America/Detroit': 'MI',
  'America/Indiana/Indianapolis': 'IN',
  'America/Chicago': 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI',
  'America/Denver': 'CO MT NM UT WY',
  'America/Boise': 'ID',
  'America/Phoenix': 'AZ',
  'America/Los_Angeles': 'CA NV OR WA',
  'America/Anchorage': 'AK',
  'Pacific/Honolulu': 'HI',
  'America/Puerto_Rico': 'PR VI',
  'Pacific/Guam': 'GU MP',
  'Pacific/Pago_Pago': 'AS',
  'Pacific/Chuuk': 'FM',
  'Pacific/Majuro': 'MH',
  'Pacific/Palau': 'PW',
};

/** Counties by name, as in the county map: a name that is not found there stops the loading. */
const exceptions: readonly (readonly [state: string, zone: string, names: string])[] = [
  ['AK', 'America/Adak', 'Aleutians West'],
  ['FL', 'America/Chicago', 'Bay, Calhoun, Escambia, Gulf, Holmes, Jackson, Okaloosa, Santa Rosa, Walton, Washington'],
  [
    'ID',
    'America/Los_Angeles',
    'Benewah, Bonner, Boundary, Clearwater, Idaho, Kootenai, Latah, Lewis, Nez Perce, Shoshone',
  ],
  [
    'IN',
    'America/Chicago',
    'Gibson, Jasper, Lake, LaPorte, Newton, Perry, Porter, Posey, Spencer, Starke, Vanderburgh, Warrick',
  ],
  ['KS', 'America/Denver', 'Greeley, Hamilton, Sherman, Wallace'],
  [
    'KY',
    'America/Chicago',
    'Adair, Allen, Ballard, Barren, Breckinridge, Butler, Caldwell, Calloway, Carlisle, Christian, Clinton, ' +
      'Crittenden, Cumberland, Daviess, Edmonson, Fulton, Graves, Grayson, Green, Hancock, Hart, Henderson, ' +
      'Hickman, Hopkins, Livingston, Logan, Lyon, Marshall, McCracken, McLean, Metcalfe, Monroe, Muhlenberg, ' +
      'Ohio, Russell, Simpson, Todd, Trigg, Union, Warren, Webster',
  ],
  ['MI', 'America/Menominee', 'Dickinson, Gogebic, Iron, Menominee'],
  ['ND', 'America/Denver', 'Adams, Billings, Bowman, Dunn, Golden Valley, Grant, Hettinger, Slope, Stark'],
  [
    'NE',
    'America/Denver',
    'Arthur, Banner, Box Butte, Chase, Cherry, Cheyenne, Dawes, Deuel, Dundy, Garden, Grant, Hooker, Keith, ' +
      'Kimball, Morrill, Perkins, Scotts Bluff, Sheridan, Sioux',
  ],
  ['OR', 'America/Boise', 'Malheur'],
  [
    'SD',
    'America/Denver',
    'Bennett, Butte, Corson, Custer, Dewey, Fall River, Haakon, Harding, Jackson, Lawrence, Meade, ' +
      'Oglala Lakota, Pennington, Perkins, Ziebach',
  ],
  [
    'TN',
    'America/New_York',
    'Anderson, Blount, Bradley, Campbell, Carter, Claiborne, Cocke, Grainger, Greene, Hamblen, Hamilton, Hancock, ' +
      'Hawkins, Jefferson, Johnson, Knox, Loudon, McMinn, Meigs, Monroe, Morgan, Polk, Rhea, Roane, Scott, Sevier, ' +
      'Sullivan, Unicoi, Union, Washington',
  ],
  ['TX', 'America/Denver', 'El Paso, Hudspeth'],
];

const stateZones = new Map(
  Object.entries(zonesByState).flatMap(([zone, states]) => states.split(' ').map((usps) => [usps, zone] as const)),
);

const zonesOfExceptions = (): Map<string, string> => {
  const zones = new Map<string, string>();
  for (const [state, zone, names] of exceptions) {
    const fipsByName = new Map(
      counties()
        .countiesOfState(state)
        .map(({ name, fips }) => [name, fips]),
    );
    for (const name of names.split(', ')) {
      const fips = fipsByName.get(name);
      if (fips === undefined) throw new Error(`time zones: ${state} has no county ${name}`);
      zones.set(fips, zone);
    }
  }
  return zones;
};

let countyZones: Map<string, string> | undefined;

/**
 * IANA time zone of a place in a state (USPS code); the county (FIPS) decides in the states that are split.
 * `null` when the state is unknown.
 */
export const timeZoneOf = (state: string, fips: string | null): string | null => {
  countyZones ??= zonesOfExceptions();
  return (fips === null ? undefined : countyZones.get(fips)) ?? stateZones.get(state) ?? null;
};
