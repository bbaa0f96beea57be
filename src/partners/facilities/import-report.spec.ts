import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DirectoryEntry } from './directory-entry';
import { Reject, rejectReasons } from './directory-row';
import { ImportReport } from './import-report';
import { RejectsFile } from '../csv/rejects-file';

const entry = (key: string, levels: string[], notes: string[] = []): DirectoryEntry =>
  ({ agency: { sourceKey: key }, pools: levels.map((levelOfCare) => ({ levelOfCare })), notes }) as never;

describe('import report', () => {
  it('counts lines, organisations, programs, pools, rejects and notes', () => {
    const report = new ImportReport();
    report.add(entry('a', ['ASAM_3_7', 'ASAM_1_5'], ['NO_COUNTY']));
    report.add(entry('a', ['ASAM_3_7']));
    report.add(new Reject(4, 'DUPLICATE', ''));
    expect(report.figures).toEqual({
      rows: 3,
      agencies: 1,
      programs: 2,
      pools: 3,
      rejected: 1,
      poolsByLevel: { ASAM_1_5: 1, ASAM_3_7: 2 },
      rejectsByReason: { DUPLICATE: 1 },
      notes: { NO_COUNTY: 1 },
    });
  });
});

describe('rejects file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rejects-'));
  const target = join(folder, 'directory.csv');
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = async (...rejects: Reject[]): Promise<string | null> => {
    const file = new RejectsFile(target, rejectReasons);
    for (const reject of rejects) await file.add(reject);
    await file.close();
    return file.path;
  };

  it('is not made when nothing was left out', async () => {
    expect(await write()).toBeNull();
    expect(existsSync(join(folder, 'directory.rejects.csv'))).toBe(false);
  });

  it('lists line, reason, meaning and message, with quotes doubled and formulas made harmless', async () => {
    const path = await write(new Reject(3, 'MISSING_FIELD', 'Empty: "zip".'), new Reject(5, 'UNKNOWN_STATE', '=1+1'));
    expect(path).toBe(join(folder, 'directory.rejects.csv'));
    expect(readFileSync(path ?? '', 'utf8').split('\n')).toEqual([
      'line,reason,meaning,message',
      '3,MISSING_FIELD,"A field that no program can do without is empty.","Empty: ""zip""."',
      `5,UNKNOWN_STATE,"The state is no USPS code.","'=1+1"`,
      '',
    ]);
  });

  it('never writes over an earlier list', async () => {
    const before = readFileSync(join(folder, 'directory.rejects.csv'), 'utf8');
    expect(await write(new Reject(9, 'DUPLICATE', 'x'))).toBe(join(folder, 'directory.2.rejects.csv'));
    expect(readFileSync(join(folder, 'directory.rejects.csv'), 'utf8')).toBe(before);
  });

  it('says so when the folder cannot be written', async () => {
    const file = new RejectsFile(join(folder, 'missing', 'directory.csv'), rejectReasons);
    await expect(file.add(new Reject(1, 'DUPLICATE', ''))).rejects.toThrow('ENOENT');
  });
});
