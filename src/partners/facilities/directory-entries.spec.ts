import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { counties, stateOfFips, timeZoneOf } from '../../agencies';
import { levelOfCareCrosswalk } from '../../capacity';
import { directoryEntries } from './directory-entries';
import type { DirectoryEntry } from './directory-entry';
import { directoryColumns, Reject } from './directory-row';
import { ImportReport } from './import-report';
import type { DirectoryReferences } from './to-directory-entry';

const directory = join(__dirname, '../../../../shared/data/facilities/sa_facilities_2022.csv');
const hasData = existsSync(directory);
const withData = hasData ? describe : describe.skip;
if (!hasData) console.warn('Skipped: the SAMHSA directory is not in ../shared/data/facilities.');

const references: DirectoryReferences = {
  countyAt: (latitude, longitude) => counties().countyAt(latitude, longitude),
  isCounty: (fips) => counties().isCounty(fips),
  stateOfFips,
  timeZoneOf,
  levelsOfSettings: (codes) => levelOfCareCrosswalk().levelsOfSettings(codes),
};

const readAll = async (path: string, given = references): Promise<(DirectoryEntry | Reject)[]> => {
  const found = [];
  for await (const next of directoryEntries(path, given)) found.push(next);
  return found;
};

describe('entries of a directory', () => {
  it('takes a facility once, from its first line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'directory-'));
    const path = join(folder, 'directory.csv');
    const facts: Record<string, string> = { state: 'OH', latitude: '', longitude: '', service_code_info: 'SA * ORT' };
    const line = (name: string): string => directoryColumns.map((column) => facts[column] ?? name).join(',');
    writeFileSync(path, [directoryColumns.join(','), line('Hope'), line('Other'), line('HOPE'), 'torn'].join('\n'));
    const found = await readAll(path);
    rmSync(folder, { recursive: true });
    expect(found.map((next) => (next instanceof Reject ? next.message : next.program.name))).toEqual([
      'Hope, Hope',
      'Other, Other',
      'Same facility and address as line 2.',
      '17 columns expected, 1 found.',
    ]);
  });
});

withData('the directory of 2022', () => {
  let found: (DirectoryEntry | Reject)[] = [];
  beforeAll(async () => {
    found = await readAll(directory);
  });

  it('is taken whole but for facilities listed twice', () => {
    const report = new ImportReport();
    for (const next of found) report.add(next);
    const { rows, agencies, programs, rejectsByReason, notes } = report.figures;
    expect({ rows, agencies, programs, rejectsByReason }).toEqual({
      rows: 12_176,
      agencies: 7_814,
      programs: 12_170,
      rejectsByReason: { DUPLICATE: 6 },
    });
    expect(notes.NO_PLACE).toBe(5);
  });

  it('tells whom alone and what alone a program treats', () => {
    const taken = found.filter((next): next is DirectoryEntry => !(next instanceof Reject));
    const count = (isMeant: (entry: DirectoryEntry) => boolean): number => taken.filter(isMeant).length;
    const veterans = ({ program }: DirectoryEntry): boolean => program.servesOnly === 'VETERANS';
    expect({
      veterans: count(veterans),
      veteransWithPools: count((entry) => veterans(entry) && entry.pools.length > 0),
      someSubstances: count(({ program }) => program.substances.length > 0),
      payersNotSaid: count(({ program }) => program.payers.length === 0),
    }).toEqual({ veterans: 152, veteransWithPools: 152, someSubstances: 2_566, payersNotSaid: 83 });
  });

  it('claims no medication that the line does not name', () => {
    const rows: Record<string, string>[] = parse(readFileSync(directory), { columns: true });
    const claims = found
      .filter((next): next is DirectoryEntry => !(next instanceof Reject))
      .map(({ line, program }) => ({ program, codes: rows[line - 2]?.service_code_info?.split(' ') ?? [] }));
    const wrong = claims.filter(
      ({ program: { medicationsOffered, medicationsAccepted }, codes }) =>
        (medicationsOffered.includes('METHADONE') && !(codes.includes('MU') && codes.includes('OTP'))) ||
        (medicationsOffered.includes('BUPRENORPHINE') && !codes.includes('BU')) ||
        (medicationsOffered.length > 0 && (codes.includes('NMOA') || codes.includes('NOOP'))) ||
        (medicationsAccepted.length > 0 && !codes.includes('MOA')),
    );
    expect(wrong).toEqual([]);
    expect(claims.filter(({ program }) => program.medicationsOffered.includes('METHADONE'))).toHaveLength(1_386);
  });

  it('gives the same keys again, whatever the map says', async () => {
    const keyOf = (next: DirectoryEntry | Reject): string =>
      next instanceof Reject ? next.message : next.program.sourceKey;
    expect((await readAll(directory, { ...references, countyAt: () => null })).map(keyOf)).toEqual(found.map(keyOf));
  });
});
