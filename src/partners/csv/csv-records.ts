import { parse, type CsvError } from 'csv-parse/sync';
import { Reject, type UnreadableReason } from './reject';
import type { TextLine } from './text-lines';

/** A quoted field may hold line ends. A quote still open after so many lines is taken for a stray one. */
const maxLinesOfRecord = 8;

export interface CsvRecord {
  readonly line: number;
  readonly values: readonly string[];
}
export type Unreadable = Reject<UnreadableReason>;

interface Taken {
  /** Absent: a blank line. */
  readonly record?: CsvRecord | Unreadable;
  /** Lines it is made of. */
  readonly lines: number;
}

const isOfWidth = (record: CsvRecord | Unreadable, width: number | undefined): boolean =>
  !(record instanceof Reject) && (width === undefined || record.values.length === width);

/**
 * Records from lines, one by one. csv-parse sees one record at a time: a broken quote costs its own line, where the
 * streaming parser would swallow the file up to the next quote. Lines that make no record together are read again one by one.
 */
export class CsvRecords {
  private readonly whole: RegExp;
  private readonly open: RegExp;
  private held: readonly TextLine[] = [];
  private width: number | undefined;

  /** `delimiter`: one character. */
  constructor(private readonly delimiter = ',') {
    const apart = delimiter === '\t' ? '\\t' : `[${delimiter}]`;
    const inQuotes = ' *"[^"]*(?:""[^"]*)*';
    // A quote opens at the beginning of a field only: 5" is five inches.
    const field = `(?:${inQuotes}" *| *[^" ${delimiter}][^${delimiter}]*| *)`;
    this.whole = new RegExp(`^(?:${field}${apart})*${field}$`);
    this.open = new RegExp(`^(?:${field}${apart})*${inQuotes}$`);
  }

  /** What is sure once this line is known. */
  *take(next: TextLine): Generator<CsvRecord | Unreadable> {
    this.held = [...this.held, next];
    yield* this.readable(true);
  }

  /** What is left where no further line follows. */
  rest(): Generator<CsvRecord | Unreadable> {
    return this.readable(false);
  }

  private *readable(isMore: boolean): Generator<CsvRecord | Unreadable> {
    for (let taken = this.first(isMore); taken; taken = this.first(isMore)) {
      this.held = this.held.slice(taken.lines);
      const { record } = taken;
      if (!record) continue;
      if (!(record instanceof Reject)) this.width ??= record.values.length;
      yield record;
    }
  }

  /** The record with which the held lines begin; undefined: there is none, or lines to come may belong to it. */
  private first(isMore: boolean): Taken | undefined {
    const [first] = this.held;
    if (!first) return undefined;
    if (first.text.trim() === '') return { lines: 1 };
    const closed = this.closedText();
    if (!closed && isMore && this.held.length < maxLinesOfRecord) return undefined;
    const record = closed && this.parse({ line: first.line, text: closed.text });
    if (record && (closed.lines === 1 || isOfWidth(record, this.width))) return { record, lines: closed.lines };
    return { record: new Reject(first.line, 'MALFORMED_LINE', 'A quote is opened and not closed.'), lines: 1 };
  }

  /** The first of the held lines with as many more as its quotes need; undefined: they do not close. */
  private closedText(): { readonly text: string; readonly lines: number } | undefined {
    let text = '';
    for (const [at, piece] of this.held.slice(0, maxLinesOfRecord).entries()) {
      text += `${at === 0 ? '' : '\n'}${piece.text}`;
      if (!this.open.test(text)) return { text, lines: at + 1 };
    }
    return undefined;
  }

  private parse({ line, text }: TextLine): CsvRecord | Unreadable {
    const { delimiter } = this;
    if (!text.includes('"')) return { line, values: text.split(delimiter) };
    if (!this.whole.test(text)) return new Reject(line, 'MALFORMED_LINE', 'Quotes are not closed or not doubled.');
    try {
      const options = { relax_column_count: true, relax_quotes: true, trim: true, record_delimiter: '\n' };
      const [values = []] = parse(text, { ...options, delimiter });
      return { line, values };
    } catch (error) {
      return new Reject(line, 'MALFORMED_LINE', `It cannot be read (${(error as CsvError).code}).`);
    }
  }
}
