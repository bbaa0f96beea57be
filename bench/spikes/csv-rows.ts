import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { BadOption } from './options';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const HEAD_BYTES = 65_536;
const FIRST_LINES = 12;

interface Form {
  readonly encoding: string;
  readonly delimiter: string;
}

/** What begins like this is no text of rows. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\x1f\x8b/, 'packed (gzip); unpack it first'],
  [/^PK\x03\x04/, 'a workbook or an archive; save it as CSV first'],
  [/^\xd0\xcf\x11\xe0/, 'a workbook; save it as CSV first'],
  [/^(\xef\xbb\xbf)?\s*[[{]/, 'JSON; save it as CSV first'],
  [/^(\xef\xbb\xbf)?\s*</, 'a web page or XML; save it as CSV first'],
  [/^(PAR1|SQLite format 3|%PDF)/, 'no text; save it as CSV first'],
];

const refuseOthers = (bytes: Buffer): void => {
  const start = bytes.subarray(0, 64).toString('latin1');
  const found = OTHERS.find(([begins]) => begins.test(start));
  if (found !== undefined) throw new BadOption('UNREADABLE_FILE', `--file: the file is ${found[1]}.`);
};

/** By the mark at its start, by the zeros between its letters, or because it is no UTF-8. */
const encodingOf = (bytes: Buffer): string => {
  const [one, other] = bytes;
  if (one === 0xff && other === 0xfe) return 'utf-16le';
  if (one === 0xfe && other === 0xff) return 'utf-16be';
  if (one === 0 || other === 0) return other === 0 ? 'utf-16le' : 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
};

/** As spreadsheets name the delimiter, in a line above the head. */
const NAMED_DELIMITER = /^"?sep=(.)"?\s*$/i;

/** How often a sign stands in a head, between quotes not counted. */
const times = (head: string, delimiter: string): number => head.replace(/"[^"]*"/g, '').split(delimiter).length;

/** The one that stands in most lines, so that a title above the head says nothing; of several the commonest in a line, and the first. */
const delimiterOf = (lines: readonly string[]): string => {
  const rank = (delimiter: string): number => {
    const cells = lines.map((line) => times(line, delimiter));
    return cells.filter((count) => count > 1).length + Math.min(1, Math.max(...cells) / 1000);
  };
  return DELIMITERS.reduce((best, next) => (rank(next) > rank(best) ? next : best));
};

const formOf = async (file: string): Promise<Form> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    refuseOthers(bytes);
    const encoding = encodingOf(bytes);
    const text = new TextDecoder(encoding).decode(bytes, { stream: true });
    const lines = text.split(/[\r\n]+/, FIRST_LINES).filter((line) => line.trim() !== '');
    const [head] = lines;
    if (head === undefined) throw new BadOption('EMPTY_FILE', '--file: the file is empty.');
    return { encoding, delimiter: NAMED_DELIMITER.exec(head)?.[1] ?? delimiterOf(lines) };
  } finally {
    await handle.close();
  }
};

async function* textOf(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes as Buffer, { stream: true });
  yield decoder.decode();
}

/** The rows of a file, its head first, whatever its delimiter, line ends and byte order mark. Throws `BadOption`. */
export async function* rowsOf(file: string): AsyncGenerator<readonly string[]> {
  const { encoding, delimiter } = await formOf(file).catch((error: unknown) => {
    throw error instanceof BadOption ? error : new BadOption('UNREADABLE_FILE', `--file: ${(error as Error).message}.`);
  });
  const lines = parse({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  const source = Readable.from(textOf(file, encoding)).on('error', (error) => lines.destroy(error));
  let isFirst = true;
  try {
    for await (const row of source.pipe(lines) as AsyncIterable<string[]>) {
      if (!isFirst || !/^"?sep=/i.test(row[0] ?? '')) yield row;
      isFirst = false;
    }
  } catch (error) {
    // A quote that never ends, for example; whoever reads the rows throws nothing into this.
    throw new BadOption('UNREADABLE_FILE', `--file: ${(error as Error).message}.`);
  }
}
