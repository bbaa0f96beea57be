import { directoryColumns, type DirectoryRow, Reject } from './directory-row';
import { agencyKey, normalise, programKey } from './source-key';
import { toDirectoryEntry, type DirectoryReferences } from './to-directory-entry';

const references: DirectoryReferences = {
  countyAt: (latitude) => (latitude > 80 ? null : latitude > 40 ? '54003' : '39141'),
  isCounty: (fips) => ['39141', '39045', '54003'].includes(fips),
  stateOfFips: (fips) => (fips.startsWith('39') ? 'OH' : 'WV'),
  timeZoneOf: (state) => (state === 'OH' ? 'America/New_York' : null),
  levelsOfSettings: (codes) => (codes.has('RD') ? ['ASAM_1_5', 'ASAM_3_7'] : []),
};

const row = (changes: Partial<DirectoryRow> = {}): DirectoryRow => ({
  ...(Object.fromEntries(directoryColumns.map((column) => [column, ''])) as DirectoryRow),
  name1: 'Paint Valley Recovery',
  name2: 'Detox Unit',
  street1: '1 Main Street',
  street2: 'Suite 2',
  city: 'Chillicothe',
  state: 'OH',
  zip: '45601',
  phone: '555-0100',
  intake1: '555-0101 x2',
  intake2: '555-0100',
  service_code_info: 'SA DT * RD ORT * MU MM * FEM',
  latitude: '39.33',
  longitude: '-82.98',
  geo_source: 'samhsa_locator_2020_address',
  county_fips_by_zip: '39141',
  ...changes,
});

const entryOf = (changes: Partial<DirectoryRow> = {}) => {
  const entry = toDirectoryEntry({ line: 7, row: row(changes) }, references);
  if (entry instanceof Reject) throw new Error(entry.message);
  return entry;
};

describe('a line of the directory', () => {
  it('becomes an organisation, a program and one pool per level of care', () => {
    expect(entryOf()).toEqual({
      line: 7,
      agency: { sourceKey: 'samhsa:oh|paint valley recovery', name: 'Paint Valley Recovery', state: 'OH' },
      program: {
        sourceKey: 'samhsa:oh|paint valley recovery|detox unit|1 main street|suite 2|chillicothe|45601',
        name: 'Paint Valley Recovery, Detox Unit',
        street: '1 Main Street, Suite 2',
        city: 'Chillicothe',
        state: 'OH',
        zip: '45601',
        phones: ['555-0100', '555-0101 x2'],
        place: { latitude: 39.33, longitude: -82.98, precision: 'ADDRESS' },
        countyFips: '39141',
        timeZone: 'America/New_York',
        services: [],
        medicationsOffered: ['METHADONE'],
        medicationsAccepted: [],
        payers: [],
        languages: ['en'],
        substances: [],
        servesOnly: null,
        sexes: ['FEMALE'],
        admitsPregnant: false,
        minAge: null,
        maxAge: null,
        acceptanceMode: 'REVIEW',
      },
      pools: ['ASAM_1_5', 'ASAM_3_7'].map((levelOfCare) => ({
        levelOfCare,
        sexes: ['FEMALE'],
        minAge: null,
        maxAge: null,
        admitsPregnant: false,
        staffed: 0,
      })),
      notes: [],
    });
  });

  it('keeps a facility without coordinates, county or setting, and says so', () => {
    const entry = entryOf({
      latitude: '',
      longitude: '',
      county_fips_by_zip: '99999',
      service_code_info: '',
      name2: '',
    });
    expect(entry).toMatchObject({
      program: { name: 'Paint Valley Recovery', place: null, countyFips: null },
      pools: [],
      notes: ['NO_PLACE', 'NO_COUNTY', 'NO_LEVEL_OF_CARE'],
    });
  });

  it.each([
    ['an address by its point', { county_fips_by_zip: '39045' }, '39141'],
    ['an address off shore by its ZIP code', { latitude: '81' }, '39141'],
    ['a ZIP centroid by the ZIP code', { county_fips_by_zip: '39045', geo_source: 'zcta_centroid' }, '39045'],
    ['a ZIP centroid without county by its point', { county_fips_by_zip: '', geo_source: 'zcta_centroid' }, '39141'],
    ['an address across the state line by its ZIP code', { latitude: '41' }, '39141'],
  ])('finds the county of %s', (_case, changes: Partial<DirectoryRow>, fips) => {
    const entry = entryOf(changes);
    expect(entry.program.countyFips).toBe(fips);
    expect(entry.notes.includes('ACROSS_STATE_LINE')).toBe(changes.latitude === '41');
  });

  it('lists a program for a closed group without pools', () => {
    expect(entryOf({ service_code_info: 'RD DUO' })).toMatchObject({ pools: [], notes: ['CLOSED_GROUP'] });
    expect(entryOf({ service_code_info: 'RD DDF' }).pools).toEqual([]);
    expect(entryOf({ service_code_info: 'RD VAMC' }).pools).toHaveLength(2);
  });

  it('notes contradictions', () => {
    expect(entryOf({ service_code_info: 'RD CHLD NU NMOA' }).notes).toEqual([
      'CONTRADICTORY_AGES',
      'CONTRADICTORY_MEDICATIONS',
    ]);
  });

  it.each([
    ['MISSING_FIELD', { name1: '', zip: '' }, 'Empty: name1, zip.'],
    ['BAD_PLACE', { latitude: '' }, 'Latitude must lie'],
    ['BAD_PLACE', { latitude: '91' }, 'Latitude must lie'],
    ['BAD_PLACE', { longitude: 'west' }, 'Latitude must lie'],
    ['UNKNOWN_CODE', { service_code_info: 'SA ZZZ QQ' }, 'Unknown: ZZZ, QQ.'],
    ['UNKNOWN_STATE', { state: 'QQ' }, 'No USPS code: QQ.'],
  ])('is refused: %s', (reason, changes, message) => {
    const reject = toDirectoryEntry({ line: 9, row: row(changes) }, references);
    expect(reject).toMatchObject({ line: 9, reason, message: expect.stringContaining(message) as string });
  });
});

describe('source keys', () => {
  it('pass over spelling, not over names', () => {
    expect(normalise('  St. Ana’s Clínica, INC. ')).toBe('st ana s clinica inc');
    expect(programKey(row())).toBe(programKey(row({ name1: 'PAINT VALLEY - Recovery', phone: '', latitude: '1' })));
    expect(programKey(row())).not.toBe(programKey(row({ street2: 'Suite 3' })));
    expect(agencyKey(row())).not.toBe(agencyKey(row({ state: 'KY' })));
  });
});
