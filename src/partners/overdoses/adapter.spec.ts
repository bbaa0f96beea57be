import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapterFrom, type OverdoseAdapter } from './adapter';
import { adapterNames, adapterOf } from './shipped-adapters';
import { tellsPoint, toReport } from './to-report';

const least = {
  name: 'county',
  version: '1',
  key: ['id'],
  occurredAt: { columns: ['at'], formats: ['yyyy-MM-dd HH:mm'], zone: 'America/New_York', isMidnightUnknown: false },
  county: { fixed: '39141' },
  isFatal: { fixed: false },
  isNaloxoneGiven: { column: 'naloxone', values: { Y: true, N: false } },
};

describe('an adapter of a county', () => {
  it('needs seven parts', () => {
    expect(adapterFrom(least)).toMatchObject({ ...least, assumes: [], hasRowsPerVictim: false });
    expect(adapterFrom({ ...least, key: undefined, county: undefined })).toBe('lacks key, county');
    expect(adapterFrom({ ...least, key: [] })).toMatch(/^key: name/);
    expect(adapterFrom({ name: 'county' })).toBe('lacks version, key, occurredAt, county, isFatal, isNaloxoneGiven');
    expect(adapterFrom([])).toMatch(/^is no object with name, /);
    expect(adapterFrom(null)).toMatch(/^is no object/);
  });

  it.each([
    [
      { transport: { column: 'end', values: { TAKEN: 'TRANSPORTD' } } },
      /^transport: “TRANSPORTD” is none of TRANSPORTED, /,
    ],
    [{ substances: { columns: ['drug'], values: {}, otherwise: 'HERION' } }, /^substances: “HERION”/],
    [{ doses: { column: 'n', by: { column: 'by', values: {}, blank: 'FIRE' } } }, /^doses.by: “FIRE”/],
    [{ sex: { column: 'sex', values: { F: 'F' } } }, /^sex: “F” is none of/],
    [{ isFatal: { column: 'dead', values: { Y: 'yes' } } }, /^isFatal: “yes” is none of true, false/],
    [{ exclude: [{ column: 'end', startsWith: ['dup'], reason: 'DOUBLE' }] }, /^exclude: “DOUBLE”/],
    [{ occurredAt: { ...least.occurredAt, zone: 'Eastern' } }, /^occurredAt: there is no such zone/],
    [
      { occurredAt: { ...least.occurredAt, formats: ['MM/dd/yyyy hh:mm'] } },
      /^occurredAt.formats\[0\]: .* does not tell/,
    ],
    [{ occurredAt: { ...least.occurredAt, dayFormats: ['MM/yyyy'] } }, /^occurredAt.dayFormats\[0\]: .* does not tell/],
    [{ occurredAt: { ...least.occurredAt, columns: 'at' } }, /^occurredAt.columns: is no list/],
    [{ occurredAt: { ...least.occurredAt, isMidnightUnknown: 'no' } }, /^occurredAt.isMidnightUnknown: is neither/],
    [{ occurredAt: null }, /^lacks occurredAt/],
    [{ doses: { column: 'n', by: 'EMS' } }, /^doses.by: is no object with column, blank, values, otherwise/],
    [{ doses: { column: 'n', by: { column: 'by' } } }, /^doses.by: lacks blank, values/],
    [{ isFatal: 'no' }, /^isFatal: is no object with column/],
    [{ isNaloxoneGiven: { column: 'n', values: ['Y'] } }, /^isNaloxoneGiven.values: is no object of the values/],
    [{ county: { fixed: '3914' } }, /^county.fixed: no county has the FIPS code “3914”/],
    [{ county: '39141' }, /^county: is no object with column/],
    [{ county: { column: 'fips', prefix: 39 } }, /^county.prefix: is no text of digits/],
    [{ residenceCounty: { column: 'home', onlyWhere: { column: 'state' } } }, /^residenceCounty.onlyWhere: lacks is/],
    [{ exclude: [{ column: 'end', startsWith: 'CAN', reason: 'CANCELLED' }] }, /^exclude\[0\].startsWith: is no list/],
    [{ exclude: { column: 'end' } }, /^exclude: is no list/],
    [{ place: 'address' }, /^place: is no list/],
    [{ naloxone: { column: 'n' } }, /^has a part “naloxone”, and may have name, /],
    [{ version: 1 }, /^version: is no text/],
    [{ name: 'county: north' }, /^name: is 1 to 60/],
  ])('is told what is wrong before any row is read: %j', (change, words) => {
    expect(adapterFrom({ ...least, ...change })).toMatch(words);
  });

  it('is refused by name as those that ship are taken', () => {
    for (const name of adapterNames()) expect(adapterOf(name).name).toBe(name);
    expect(() => adapterOf('nowhere.json')).toThrow(/There is no adapter/);
    const folder = mkdtempSync(join(tmpdir(), 'handrail-adapter-'));
    const fileOf = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      expect(adapterOf(fileOf('marked.json', `\uFEFF${JSON.stringify(least)}`)).name).toBe('county');
      expect(() => adapterOf(fileOf('broken.json', '{ "name"'))).toThrow(/^The adapter .*broken.json is no JSON: /);
      expect(() => adapterOf(fileOf('least.json', '{}'))).toThrow(/^The adapter .*least.json: lacks name, /);
      mkdirSync(join(folder, 'folder.json'));
      expect(() => adapterOf(join(folder, 'folder.json'))).toThrow(/^There is no adapter/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it('the adapter of the manual takes a blank outcome, and one without a word for it says that it is blank', () => {
  const [, text = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/overdoses.md', 'utf8')) ?? [];
  const adapter = adapterFrom(JSON.parse(text)) as OverdoseAdapter;
  const row = {
    'Incident No': '1',
    Date: '03/01/2026',
    Time: '12:00',
    Lat: '39,33',
    Lon: '',
    Outcome: '',
    Narcan: 'Y',
  };
  expect(toReport(adapter, [row])).toMatchObject({ report: { isFatal: false, where: { countyFips: '39141' } } });
  expect([row, { ...row, Lat: ' ' }].map((one) => tellsPoint(one, adapter))).toEqual([true, false]);
  const silent = toReport(adapter, [{ ...row, Narcan: 'n/a' }]);
  expect(silent).toMatchObject({
    reason: 'UNKNOWN_VALUE',
    message: expect.stringMatching(/^Narcan is blank/) as string,
  });
  const other = toReport(adapter, [{ ...row, Narcan: 'perhaps' }]);
  expect(other).toMatchObject({ reason: 'UNKNOWN_VALUE', message: 'Narcan has a value that is not in the adapter.' });
});
