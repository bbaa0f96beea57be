import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryColumns, Reject, type DirectoryLine } from './directory-row';
import { readDirectory } from './read-directory';

const folder = mkdtempSync(join(tmpdir(), 'directory-'));
afterAll(() => rmSync(folder, { recursive: true }));

const header = directoryColumns.join(',');
const line = (name: string): string => [name, ...directoryColumns.slice(1).map((column) => `a ${column}`)].join(',');

const readAll = async (content: string | Buffer): Promise<(DirectoryLine | Reject)[]> => {
  const path = join(folder, 'directory.csv');
  writeFileSync(path, content);
  const found = [];
  for await (const next of readDirectory(path)) found.push(next);
  return found;
};

const shown = (found: DirectoryLine | Reject): string =>
  found instanceof Reject ? `${found.line} ${found.reason}` : `${found.line} ${found.row.name1}`;

describe('reading the directory', () => {
  it('gives each line with its number and columns by name', async () => {
    const [first] = await readAll(`${header}\n${line(' Hope ')}\n`);
    expect(first).toMatchObject({
      line: 2,
      row: { name1: 'Hope', city: 'a city', service_code_info: 'a service_code_info' },
    });
  });

  it('takes a byte-order mark, CRLF, empty lines, line ends in quotes, and no end to the last line', async () => {
    const found = await readAll(
      `\uFEFF${header}\r\n${line('One')}\r\n\r\n${line('"Two, ""the\r\nother"""')}\r\n${line('Three')}`,
    );
    expect(found.map(shown)).toEqual(['2 One', '4 Two, "the\nother"', '6 Three']);
  });

  it('takes columns in another order and passes over columns it does not know', async () => {
    const names = ['extra', ...directoryColumns].reverse();
    const [first] = await readAll(`${names.join(',')}\n${names.map((name) => name.toUpperCase()).join(',')}\n`);
    expect(first).toMatchObject({ row: { name1: 'NAME1', zip: 'ZIP' } });
  });

  it('loses one line to a stray quote, not the file', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => line(`No ${index + 3}`));
    const found = await readAll([header, line('"open'), ...lines].join('\n'));
    expect(found.map(shown)).toEqual(['2 MALFORMED_LINE', ...lines.map((_, index) => `${index + 3} No ${index + 3}`)]);
  });

  it('does not join two stray quotes that stand far apart', async () => {
    const between = Array.from({ length: 15 }, (_, index) => line(`No ${index + 3}`));
    const found = await readAll([header, line('"open'), ...between, line('shut"'), line('Last')].join('\n'));
    expect(found.map(shown)).toEqual([
      '2 MALFORMED_LINE',
      ...between.map((_, index) => `${index + 3} No ${index + 3}`),
      '18 shut"',
      '19 Last',
    ]);
  });

  it('finds a stray quote near the end, a quote in the middle, and a wrong number of columns', async () => {
    const found = await readAll(
      [header, line('"x" y'), 'one,two', line('Good'), line('"open'), line('Last')].join('\n'),
    );
    expect(found.map(shown)).toEqual(['2 MALFORMED_LINE', '3 MALFORMED_LINE', '4 Good', '5 MALFORMED_LINE', '6 Last']);
  });

  it('takes a quote within a field as it stands, and reads lines again that make no record together', async () => {
    const inches = [line('5" PIPE'), line('Two'), line('Three'), line('6" PIPE'), line('Five')];
    expect((await readAll([header, ...inches].join('\n'))).map(shown)).toEqual([
      '2 5" PIPE',
      '3 Two',
      '4 Three',
      '5 6" PIPE',
      '6 Five',
    ]);
    const strays = [line('"5 PIPE'), line('Two'), line('"6" PIPE'), line('Four'), line('"a\nb"')];
    expect((await readAll([header, ...strays].join('\n'))).map(shown)).toEqual([
      '2 MALFORMED_LINE',
      '3 Two',
      '4 MALFORMED_LINE',
      '5 Four',
      '6 a\nb',
    ]);
    const shut = [line('"open'), line('Two'), `${line('Three')}"`, line('Four')];
    expect((await readAll([header, ...shut].join('\n'))).map(shown)).toEqual([
      '2 MALFORMED_LINE',
      '3 Two',
      '4 Three',
      '5 Four',
    ]);
  });

  it('takes lines that end with CR, and passes over a line that is too long', async () => {
    const content = [header, line('One'), line('Two')];
    expect((await readAll(`${content.join('\r')}\r`)).map(shown)).toEqual(['2 One', '3 Two']);
    const long = [header, line('One'), line('x'.repeat(2_500_000)), line('Two')].join('\n');
    expect((await readAll(long)).map(shown)).toEqual(['2 One', '3 MALFORMED_LINE', '4 Two']);
  });

  it('refuses bytes that are not UTF-8, and control characters', async () => {
    const latin = Buffer.concat([Buffer.from(`${header}\n`), Buffer.from(`${line('Caf\u00e9')}\n`, 'latin1')]);
    expect((await readAll(latin)).map(shown)).toEqual(['2 UNREADABLE_TEXT']);
    expect((await readAll(`${header}\n${line('No\0thing')}\n${line('Café')}`)).map(shown)).toEqual([
      '2 UNREADABLE_TEXT',
      '3 Café',
    ]);
  });

  it('names the columns a header lacks', async () => {
    await expect(readAll(`${header.replace('zip,', '').replace('city,', '')}\n`)).rejects.toThrow(
      'This is not the facilities directory: the header has no column city, zip.',
    );
  });

  it('refuses an empty file, a header that cannot be read, a file without line ends, a missing file', async () => {
    await expect(readAll('')).rejects.toThrow('The file is empty.');
    await expect(readAll(`"a" b\n`)).rejects.toThrow('The header cannot be read');
    await expect(readAll(Buffer.alloc(1_500_000, 'x'))).rejects.toThrow('The header cannot be read: Longer');
    await expect(readDirectory(join(folder, 'missing.csv')).next()).rejects.toThrow('ENOENT');
  });
});
