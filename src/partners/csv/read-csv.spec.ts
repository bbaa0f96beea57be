import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readCsv } from './read-csv';
import { Reject } from './reject';

const folder = mkdtempSync(join(tmpdir(), 'csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shape = { name: 'a list', columns: ['a', 'mark'], optional: ['b'] } as const;
const readAll = async (content: string | Buffer) => {
  const path = join(folder, 'list.csv');
  writeFileSync(path, content);
  const found = [];
  for await (const next of readCsv<'a' | 'b' | 'mark'>(path, shape)) found.push(next);
  return found;
};

describe('reading CSV', () => {
  it('loses no line without a word, whatever quotes stand in it', async () => {
    const cell = fc.constantFrom('', 'x', '6" pipe', '"', '""', '"x', 'x"', '"x y"', '"x ""y"""', '"6" pipe"', '"x,y"');
    const lines = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n', '\r'), async (rows, end) => {
        const marked = rows.map(([a, b], at) => `${a},${b},<${at + 2}>`);
        const found = await readAll(['a,b,mark', ...marked].join(end));
        const told = found.map((one) => (one instanceof Reject ? `<${one.line}>` : Object.values(one.row).join()));
        for (const at of rows.keys()) expect(told.filter((text) => text.includes(`<${at + 2}>`))).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  it('takes LF too in a file whose first line ends with CR', async () => {
    expect(await readAll('a,mark\r1,x\n2,y\r3,z')).toMatchObject([
      { row: { a: '1' } },
      { row: { a: '2' } },
      { line: 4 },
    ]);
  });

  it('reads what spreadsheets call Unicode', async () => {
    const text = '\uFEFFa,mark\n1,é€😀\n2,y';
    const read = await readAll(text);
    expect(read).toMatchObject([{ row: { a: '1', mark: 'é€😀' } }, { row: { a: '2' } }]);
    expect(await readAll(Buffer.from(text, 'utf16le'))).toEqual(read);
    expect(await readAll(Buffer.from(text, 'utf16le').swap16())).toEqual(read);
  });

  it('refuses a header that names a column twice, and passes over further columns of one name', async () => {
    await expect(readAll('a,mark,b, b \n1,2,3,4')).rejects.toThrow(/names b more than once/);
    await expect(readAll('a,mark,A,a\n1,2,3,4')).rejects.toThrow(/names a more than once/);
    expect(await readAll('a,mark,c,c\n1,2,3,4')).toMatchObject([{ row: { a: '1', mark: '2', b: '' } }]);
  });
});
