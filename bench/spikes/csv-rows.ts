import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { BadOption } from './options';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const HEAD_BYTES = 65_536;

interface Form {
  readonly encoding: 'utf8' | 'utf16le';
  readonly delimiter: string;
}

/** How often a sign stands in a head, between quotes not counted. */
const times = (head: string, delimiter: string): number => head.replace(/"[^"]*"/g, '').split(delimiter).length;

const formOf = async (file: string): Promise<Form> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const encoding = buffer[0] === 0xff && buffer[1] === 0xfe ? 'utf16le' : 'utf8';
    const text = buffer.subarray(0, bytesRead).toString(encoding);
    const head = text.split(/[\r\n]+/).find((line) => line.replace(/^\uFEFF/, '').trim() !== '');
    if (head === undefined) throw new BadOption('EMPTY_FILE', '--file: the file is empty.');
    const delimiter = DELIMITERS.reduce((best, next) => (times(head, next) > times(head, best) ? next : best));
    return { encoding, delimiter };
  } finally {
    await handle.close();
  }
};

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
  const source = createReadStream(file, encoding).on('error', (error) => lines.destroy(error));
  try {
    yield* source.pipe(lines) as AsyncIterable<string[]>;
  } catch (error) {
    // A quote that never ends, for example; whoever reads the rows throws nothing into this.
    throw new BadOption('UNREADABLE_FILE', `--file: ${(error as Error).message}.`);
  }
}
