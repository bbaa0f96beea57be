import { createReadStream } from 'node:fs';

/** No line of a directory is near this long; a file without line ends is no directory and must not fill the memory. */
const maxLineCharacters = 1_000_000;

export interface TextLine {
  /** 1 for the first line of the file. */
  readonly line: number;
  readonly text: string;
}

/**
 * The lines of a text file, one at a time. Takes LF and CRLF, drops a byte-order mark; bytes that are not UTF-8 become
 * U+FFFD. Throws when the file cannot be read or has no line ends.
 */
export async function* textLines(path: string): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let line = 0;
  for await (const chunk of createReadStream(path)) {
    const pieces = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    if (rest.length > maxLineCharacters) throw new Error(`Line ${line + pieces.length + 1} has no end: no text file.`);
    for (const text of pieces) yield { line: (line += 1), text: text.replace(/\r$/, '') };
  }
  rest += decoder.decode();
  if (rest !== '') yield { line: line + 1, text: rest.replace(/\r$/, '') };
}
