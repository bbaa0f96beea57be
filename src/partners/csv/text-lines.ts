import { createReadStream } from 'node:fs';
import { Reject, type UnreadableReason } from './reject';

/** No line of a file of records is near this long, and none must fill the memory. */
const maxLineCharacters = 1_000_000;

export interface TextLine {
  /** 1 for the first line of the file. */
  readonly line: number;
  readonly text: string;
}

/** What ends the lines of a file, by how its first line ends; undefined: no line has ended yet. */
const endIn = (text: string): RegExp | undefined => {
  const at = text.search(/\n|\r[^]/);
  if (at < 0) return undefined;
  return /^\r[^\n]/.test(text.slice(at)) ? /[\r\n]/ : /\r?\n/;
};

/** What spreadsheets call Unicode is UTF-16 with its mark in front. */
const encodingOf = ([first, second]: Buffer): string => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
};

async function* decoded(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of createReadStream(path)) {
    decoder ??= new TextDecoder(encodingOf(chunk as Buffer));
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

/**
 * The lines of a text file, one at a time. Takes LF, CRLF and CR, drops a byte-order mark, and reads UTF-16 where there is one of it; other bytes
 * that are not UTF-8 become U+FFFD. A line that is too long comes as a `Reject`. Throws when the file cannot be read.
 */
export async function* textLines(path: string): AsyncGenerator<TextLine | Reject<UnreadableReason>> {
  let rest = '';
  let line = 0;
  let end: RegExp | undefined;
  let isSkipping = false;
  const next = (text: string): TextLine | Reject<UnreadableReason> => {
    line += 1;
    const isTooLong = isSkipping || text.length > maxLineCharacters;
    isSkipping = false;
    if (isTooLong) return new Reject(line, 'MALFORMED_LINE', `Longer than ${maxLineCharacters} characters.`);
    return { line, text: text.replace(/\r$/, '') };
  };
  for await (const text of decoded(path)) {
    rest += text;
    end ??= endIn(rest);
    const pieces = end === undefined ? [rest] : rest.split(end);
    rest = pieces.pop() ?? '';
    for (const text of pieces) yield next(text);
    if (rest.length > maxLineCharacters) {
      isSkipping = true;
      rest = '';
    }
  }
  if (rest !== '' || isSkipping) yield next(rest);
}
