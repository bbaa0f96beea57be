import { IANAZone } from 'luxon';
import type { ListedMeeting } from '../../resources';
import { Reject, type MeetingLine, type MeetingReject } from './meeting-row';

type Row = MeetingLine['row'];
type Problem = readonly [MeetingReject, string];

export interface MeetingReferences {
  /** Name of the list. */
  readonly source: string;
  /** By number, as meetings name them. */
  readonly formats: ReadonlyMap<string, { readonly key: string; readonly name: string }>;
  readonly countyAt: (latitude: number, longitude: number) => string | null;
  readonly stateOfFips: (fips: string) => string | null;
  readonly timeZoneOf: (state: string, fips: string | null) => string | null;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d)?$/;
const LONGEST_TEXT = 500;
const limits: Readonly<Record<string, number>> = { meeting_name: 200, id_bigint: 100 };
/** Formats of BMLT that say where: virtual, hybrid, by web. */
const ONLINE_KEYS = new Set(['VM', 'WEB']);
const HYBRID_KEY = 'HY';
const SPANISH_KEY = 'ES';
const venueOfType: Readonly<Record<string, ListedMeeting['venueKind']>> = {
  '1': 'IN_PERSON',
  '2': 'ONLINE',
  '3': 'HYBRID',
};

/** Fields may begin with their own heading, parted from the value by this. */
const PROMPT = '#@-@#';
const textOf = (value: string): string | null => {
  const told = value.includes(PROMPT) ? value.slice(value.lastIndexOf(PROMPT) + PROMPT.length) : value;
  return told.replace(/\s+/g, ' ').trim() || null;
};

const minutesOf = (time: string): number | null => {
  const found = TIME.exec(time);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};

const numberOf = (text: string, limit: number): number | null => {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : null;
};

/** Nothing stands at 0, 0: servers write it where nobody looked the address up. */
const coordinatesOf = ({ latitude, longitude }: Row): { latitude: number; longitude: number } | null => {
  const [north, east] = [numberOf(latitude, 90), numberOf(longitude, 180)];
  return north === null || east === null || (north === 0 && east === 0) ? null : { latitude: north, longitude: east };
};

const linkOf = (link: string): string | null => (/^https?:\/\/[^\s]+$/i.test(link) ? link : null);

const timeProblem = (row: Row): Problem | null => {
  if (!/^[0-6]$/.test(row.weekday_tinyint)) return ['BAD_WEEKDAY', `"${row.weekday_tinyint.slice(0, 20)}"`];
  const duration = minutesOf(row.duration_time) ?? 0;
  const isTimed = minutesOf(row.start_time) !== null && duration > 0;
  return isTimed ? null : ['BAD_TIME', 'See start_time and duration_time.'];
};

const textProblem = (row: Row): Problem | null => {
  const empty = (['id_bigint', 'meeting_name'] as const).find((column) => row[column] === '');
  if (empty) return ['MISSING_FIELD', `Empty: "${empty}".`];
  const most = (column: string): number => (Object.hasOwn(limits, column) ? limits[column] : undefined) ?? LONGEST_TEXT;
  const long = Object.entries(row).find(([column, value]) => value.length > most(column));
  return long ? ['TOO_LONG', `"${long[0]}"`] : null;
};

const problemOf = (row: Row, isPlaceNeeded: boolean): Problem | null =>
  textProblem(row) ??
  timeProblem(row) ??
  (isPlaceNeeded && coordinatesOf(row) === null ? ['BAD_PLACE', 'See latitude and longitude.'] : null);

const venueKindOf = (row: Row, keys: readonly string[]): ListedMeeting['venueKind'] => {
  const told = venueOfType[row.venue_type];
  if (told) return told;
  if (keys.includes(HYBRID_KEY)) return 'HYBRID';
  return keys.some((key) => ONLINE_KEYS.has(key)) ? 'ONLINE' : 'IN_PERSON';
};

type Where = Pick<ListedMeeting, 'countyFips' | 'state' | 'latitude' | 'longitude'>;

const whereOf = (row: Row, known: MeetingReferences): Where => {
  const place = coordinatesOf(row);
  const countyFips = place && known.countyAt(place.latitude, place.longitude);
  const told = /^[A-Z]{2}$/.test(row.location_province) ? row.location_province : null;
  const state = countyFips === null ? told : known.stateOfFips(countyFips);
  return { countyFips, state, latitude: place?.latitude ?? null, longitude: place?.longitude ?? null };
};

const zoneOf = ({ time_zone: told }: Row, { state, countyFips }: Where, known: MeetingReferences): string | null => {
  if (IANAZone.isValidZone(told)) return told;
  return state === null ? null : known.timeZoneOf(state, countyFips);
};

/** One line of the list as a meeting, published or not. */
export const toListedMeeting = ({ line, row }: MeetingLine, known: MeetingReferences): ListedMeeting | Reject => {
  const formats = row.formats.split(',').flatMap((number) => known.formats.get(number.trim()) ?? []);
  const keys = formats.map(({ key }) => key);
  const venueKind = venueKindOf(row, keys);
  const problem = problemOf(row, venueKind !== 'ONLINE');
  if (problem) return new Reject(line, ...problem);
  const where = whereOf(row, known);
  const timeZone = zoneOf(row, where, known);
  if (timeZone === null) return new Reject(line, 'UNKNOWN_ZONE', 'See time_zone, coordinates and location_province.');
  return {
    source: known.source,
    sourceKey: row.id_bigint,
    name: textOf(row.meeting_name) ?? row.meeting_name,
    weekday: Number(row.weekday_tinyint) || 7,
    startMinute: minutesOf(row.start_time) ?? 0,
    durationMinutes: minutesOf(row.duration_time) ?? 0,
    timeZone,
    venueKind,
    venue: textOf(row.location_text),
    street: textOf(row.location_street),
    city: textOf(row.location_city_subsection) ?? textOf(row.location_municipality),
    postalCode: textOf(row.location_postal_code_1),
    directions: textOf(row.location_info),
    ...where,
    onlineUrl: linkOf(row.virtual_meeting_link),
    dialIn: textOf(row.phone_meeting_number),
    language: keys.includes(SPANISH_KEY) ? 'es' : row.lang_enum || 'en',
    formats,
    isPublished: row.published === '1',
  };
};
