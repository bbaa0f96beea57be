import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { levelOfCareCrosswalk } from '../../capacity';
import {
  codesOf,
  codesWithoutEffect,
  factCodes,
  knownCodes,
  languageCodes,
  payerCodes,
  serviceCodes,
  settingCodes,
} from './code-map';

const folder = join(__dirname, '../../../../shared/data/facilities');
const hasData = existsSync(folder);
const withData = hasData ? describe : describe.skip;
if (!hasData) console.warn('Skipped: the SAMHSA directory is not in ../shared/data/facilities.');

const read = (file: string): Record<string, string>[] => parse(readFileSync(join(folder, file)), { columns: true });

describe('code map', () => {
  it('gives no effect to a code that is listed as without one', () => {
    const idle = Object.values(codesWithoutEffect).flatMap((codes) => codes.split(' '));
    const used = [...Object.keys({ ...serviceCodes, ...payerCodes, ...languageCodes }), ...settingCodes, ...factCodes];
    expect(idle.filter((code) => used.includes(code))).toEqual([]);
    expect(knownCodes.size).toBe(new Set([...idle, ...used]).size);
  });

  it('has a level of care for every setting', () => {
    expect(levelOfCareCrosswalk().settings.sort()).toEqual([...settingCodes].sort());
  });

  it('reads the blocks of a line', () => {
    expect([...codesOf('SA DT *  OP\tOMB * SA')]).toEqual(['SA', 'DT', 'OP', 'OMB']);
    expect([...codesOf('')]).toEqual([]);
  });
});

withData('code map against the directory of 2022', () => {
  it('knows exactly the codes of the key, under its categories', () => {
    const key = read('sa_service_codes_2022.csv').map((row) => `${row.category_code ?? ''} ${row.service_code ?? ''}`);
    expect(key).toHaveLength(225);
    expect([...knownCodes].sort()).toEqual(key.map((entry) => entry.split(' ')[1]).sort());
    const idle = Object.entries(codesWithoutEffect).flatMap(([category, codes]) =>
      codes.split(' ').map((code) => `${category} ${code}`),
    );
    expect(idle.filter((entry) => !key.includes(entry))).toEqual([]);
  });

  it('knows every code that any of the 12,176 facilities carries', () => {
    const rows = read('sa_facilities_2022.csv');
    const strange = rows
      .flatMap((row) => [...codesOf(row.service_code_info ?? '')])
      .filter((code) => !knownCodes.has(code));
    expect(rows).toHaveLength(12_176);
    expect(strange).toEqual([]);
  });
});
