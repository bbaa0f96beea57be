import type { LevelOfCare } from '../../kernel/vocabulary';
import { codesOf, knownCodes } from './code-map';
import type { DirectoryEntry, DirectoryPool, EntryNote, Place } from './directory-entry';
import { Reject, type DirectoryLine, type DirectoryRow, type RejectReason } from './directory-row';
import { contradictionsOf, programFactsOf, type ProgramFacts } from './program-facts';
import { agencyKey, programKey } from './source-key';

/** What reading a line asks of the rest of Handrail; passed in, so that it stays a pure function. */
export interface DirectoryReferences {
  countyAt(latitude: number, longitude: number): string | null;
  isCounty(fips: string): boolean;
  stateOfFips(fips: string): string | null;
  timeZoneOf(state: string, fips: string | null): string | null;
  levelsOfSettings(codes: ReadonlySet<string>): readonly LevelOfCare[];
}

type Problem = readonly [reason: RejectReason, message: string];

const required = ['name1', 'street1', 'city', 'state', 'zip'] as const;

const degrees = (text: string, limit: number): number => {
  const value = text === '' ? Number.NaN : Number(text);
  return Math.abs(value) <= limit ? value : Number.NaN;
};

const placeOf = (row: DirectoryRow): Place | null => {
  if (row.latitude === '' && row.longitude === '') return null;
  return {
    latitude: degrees(row.latitude, 90),
    longitude: degrees(row.longitude, 180),
    precision: row.geo_source.endsWith('address') ? 'ADDRESS' : 'ZIP_CENTROID',
  };
};

const problemOf = (row: DirectoryRow, place: Place | null, codes: ReadonlySet<string>): Problem | null => {
  const missing = required.filter((column) => row[column] === '');
  if (missing.length > 0) return ['MISSING_FIELD', `Empty: ${missing.join(', ')}.`];
  if (place && Number.isNaN(place.latitude + place.longitude)) {
    return ['BAD_PLACE', 'Latitude must lie in -90 … 90, longitude in -180 … 180, and neither may stand alone.'];
  }
  const strange = [...codes].filter((code) => !knownCodes.has(code));
  if (strange.length > 0) return ['UNKNOWN_CODE', `Unknown: ${strange.join(', ')}. Add them to the code map.`];
  return null;
};

interface CountyFinding {
  readonly fips: string | null;
  readonly isAcrossStateLine: boolean;
}

/** The county of the point, unless the point is a ZIP centroid or lies off the state of the address (rivers, shores). */
const countyOf = (row: DirectoryRow, place: Place | null, references: DirectoryReferences): CountyFinding => {
  const byZip = references.isCounty(row.county_fips_by_zip) ? row.county_fips_by_zip : null;
  const byPoint = place && references.countyAt(place.latitude, place.longitude);
  const isAcrossStateLine = byPoint !== null && references.stateOfFips(byPoint) !== row.state;
  const inState = isAcrossStateLine ? null : byPoint;
  return { fips: place?.precision === 'ADDRESS' ? (inState ?? byZip) : (byZip ?? inState), isAcrossStateLine };
};

const poolsOf = (levels: readonly LevelOfCare[], facts: ProgramFacts): DirectoryPool[] => {
  const { sexes, minAge, maxAge } = facts;
  return levels.map((levelOfCare) => ({
    levelOfCare,
    sexes,
    minAge,
    maxAge,
    admitsPregnant: facts.admitsPregnant,
    staffed: 0,
  }));
};

const isClosedGroup = ({ servesOnly }: ProgramFacts): boolean =>
  servesOnly === 'MILITARY' || servesOnly === 'DUI_CLIENTS';

const phonesOf = (row: DirectoryRow): string[] => [
  ...new Set([row.phone, row.intake1, row.intake1a, row.intake2, row.intake2a].filter((phone) => phone !== '')),
];

const nameOf = ({ name1, name2 }: DirectoryRow): string => (name2 === '' ? name1 : `${name1}, ${name2}`);

const notesOf = (findings: Readonly<Record<EntryNote, boolean>>): EntryNote[] =>
  (Object.keys(findings) as EntryNote[]).filter((note) => findings[note]);

/**
 * One line of the directory in the words of Handrail, or the reason why it cannot be taken. The agency is the
 * organisation (name and state), the program one facility at one address, with one bed pool per level of care.
 */
export const toDirectoryEntry = (
  { row, line }: DirectoryLine,
  references: DirectoryReferences,
): DirectoryEntry | Reject => {
  const codes = codesOf(row.service_code_info);
  const place = placeOf(row);
  const problem = problemOf(row, place, codes);
  if (problem) return new Reject(line, ...problem);
  const county = countyOf(row, place, references);
  const timeZone = references.timeZoneOf(row.state, county.fips);
  if (timeZone === null) return new Reject(line, 'UNKNOWN_STATE', `No USPS code: ${row.state}.`);

  const name = nameOf(row);
  const facts = programFactsOf(codes, name);
  const levels = references.levelsOfSettings(codes);
  const contradictions = contradictionsOf(codes, facts);
  return {
    line,
    agency: { sourceKey: agencyKey(row), name: row.name1, state: row.state },
    program: {
      ...facts,
      sourceKey: programKey(row),
      name,
      street: [row.street1, row.street2].filter((part) => part !== '').join(', '),
      city: row.city,
      state: row.state,
      zip: row.zip,
      phones: phonesOf(row),
      place,
      countyFips: county.fips,
      timeZone,
      acceptanceMode: 'REVIEW',
    },
    pools: isClosedGroup(facts) ? [] : poolsOf(levels, facts),
    notes: notesOf({
      NO_PLACE: place === null,
      NO_COUNTY: county.fips === null,
      ACROSS_STATE_LINE: county.isAcrossStateLine,
      NO_LEVEL_OF_CARE: levels.length === 0,
      CLOSED_GROUP: isClosedGroup(facts),
      CONTRADICTORY_AGES: contradictions.includes('AGES'),
      CONTRADICTORY_MEDICATIONS: contradictions.includes('MEDICATIONS'),
    }),
  };
};
