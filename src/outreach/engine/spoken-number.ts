import { foundIn, TAKES_NUMBER, wordAt, type AddressBook } from './address-key';

const AND = new Set(['and', 'y']);
const roomBehind = (value: number): number => {
  if (value < 20) return 0;
  if (value % 100 === 0) return 100;
  return value % 10 === 0 ? 10 : 0;
};

interface Spoken {
  /** Empty where no number begins. */
  readonly digits: string;
  readonly words: number;
}

interface Saying {
  readonly said: readonly number[];
  readonly last: number;
  /** What comes next is added to the last number where it is less. */
  readonly room: number;
}

const saying = ({ said, last, room }: Saying, value: number): Saying => {
  const [before, end] = [said.slice(0, -1), said.at(-1) ?? 0];
  const isTimes = (value === 100 || value === 1000) && last > 0;
  const next = { last: room === 10 && value < room ? last + value : value, room: roomBehind(value) };
  if (isTimes) return { ...next, said: [...before, end + last * (value - 1)] };
  if (value > 0 && value < room) return { ...next, said: [...before, end + value] };
  return { ...next, said: [...said, value] };
};

/** The number that begins with this word: “four hundred and twelve”, “four twelve” and “four one two” are 412. */
export const spokenAt = (words: readonly string[], from: number, book: AddressBook): Spoken => {
  let so: Saying = { said: [], last: 0, room: 0 };
  let at = from;
  for (; ; at += 1) {
    if (so.room > 0 && AND.has(wordAt(words, at)) && book.valueOf(wordAt(words, at + 1)) !== undefined) at += 1;
    const value = book.valueOf(wordAt(words, at));
    // “Oh” and “o” are a nought only within a number.
    if (value === undefined || (value === 0 && so.said.length === 0)) break;
    so = saying(so, value);
  }
  return { digits: so.said.join(''), words: at - from };
};

/** With the number in digits where it begins or ends the part, or belongs to a unit: “Five Points” in the middle is a name. */
const readOut = (part: readonly string[], book: AddressBook): string[] => {
  const read: string[] = [];
  for (let at = 0; at < part.length; at += 1) {
    const { digits, words } = spokenAt(part, at, book);
    const [before, next] = [wordAt(part, at - 1), part[at + words]];
    const isOfUnit = TAKES_NUMBER.has(before) || book.is('units', before);
    const isAtEnd = next === undefined || book.is('units', next) || book.is('bare', next);
    if (digits !== '' && (at === 0 || isOfUnit || isAtEnd)) {
      read.push(digits);
      at += words - 1;
    } else read.push(wordAt(part, at));
  }
  return read;
};

/** An address without a house number, with the numbers in it that are written in words; any other as it is. */
export const withSpokenNumbers = (
  parts: readonly (readonly string[])[],
  book: AddressBook,
): readonly (readonly string[])[] => (foundIn(parts, book) ? parts : parts.map((part) => readOut(part, book)));
