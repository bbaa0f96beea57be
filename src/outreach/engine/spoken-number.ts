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

/** The number that begins with this word: “four hundred and twelve”, “four twelve” and “four one two” are 412. */
export const spokenAt = (words: readonly string[], from: number, book: AddressBook): Spoken => {
  const said: number[] = [];
  let [at, room, last] = [from, 0, 0];
  for (; ; at += 1) {
    if (room > 0 && AND.has(wordAt(words, at)) && book.valueOf(wordAt(words, at + 1)) !== undefined) at += 1;
    const value = book.valueOf(wordAt(words, at));
    // “Oh” and “o” are a nought only within a number.
    if (value === undefined || (value === 0 && said.length === 0)) break;
    const isTimes = (value === 100 || value === 1000) && last > 0;
    if (isTimes) said.push((said.pop() as number) + last * (value - 1));
    else if (value > 0 && value < room) said.push((said.pop() as number) + value);
    else said.push(value);
    last = room === 10 && value < room ? last + value : value;
    room = roomBehind(value);
  }
  return { digits: said.join(''), words: at - from };
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
