import { foundIn, HOUSE, TAKES_NUMBER, wordAt, type AddressBook } from './address-key';
import { homeParts, ORDINAL, partsOfHome, type HomeParts } from './home-parts';
import { withSpokenNumbers } from './spoken-number';

const takesNumber = (word: string, book: AddressBook): boolean => TAKES_NUMBER.has(word) || book.is('units', word);

/** Its words, with numbers in digits. */
const readOut = (address: string, book: AddressBook) => withSpokenNumbers(book.partsOf(address), book);

/** “#412 N Paint St” is a house; “#2, 412 N Paint St” is a door. */
const withoutSign = (parts: readonly (readonly string[])[], book: AddressBook): (readonly string[])[] => {
  const [first = [], ...rest] = parts;
  const isHouse = first[0] === '#' && first.length > 2 && !HOUSE.test(wordAt(first, 2)) && !foundIn(rest, book);
  return [isHouse ? first.slice(1) : first, ...rest];
};

/** “412N Paint” is 412 North, “88Quarry” is 88 Quarry; “412B” is a door, “2nd” a street. */
const split = (part: readonly string[], book: AddressBook): string[] =>
  part.flatMap((word, at) => {
    const [digits, letters] = [word.replace(/\D+$/, ''), word.replace(/^\d+/, '')];
    const [before, next] = [wordAt(part, at - 1), wordAt(part, at + 1)];
    if (!/^\d+[a-z]+$/.test(word) || ORDINAL.test(word) || takesNumber(before, book)) return [word];
    if (book.is('directions', next)) return [word];
    const meant = book.spelt(letters);
    const isDirection = book.is('directions', meant) && next !== '';
    return isDirection || letters.length > 2 ? [digits, meant] : [word];
  });

/** “Paint St 412, Apt 2” and “Calle Paint 412” have the number behind the name. */
const turned = (part: readonly string[], book: AddressBook): readonly string[] => {
  const at = part.findIndex((word, place) => HOUSE.test(word) && !takesNumber(wordAt(part, place - 1), book));
  const [name, rest] = [part.slice(0, Math.max(at, 0)), part.slice(at + 1)];
  const isBehind = rest.length === 0 || book.is('units', rest[0]) || book.is('bare', rest[0]);
  if (name.length === 0 || !isBehind) return part;
  const isSuffixFirst = book.is('suffixes', name[0]) && !book.is('suffixes', name.at(-1));
  return [wordAt(part, at), ...(isSuffixFirst ? [...name.slice(1), wordAt(name, 0)] : name), ...rest];
};

const SHORT: Readonly<Record<string, string>> = { nth: 'n', sth: 's' };
const directionMeant = (word: string, before: string, book: AddressBook): string | undefined =>
  HOUSE.test(before) ? (SHORT[word] ?? book.slipOf('directions', word)) : undefined;
const unitMeant = (word: string, next: string, book: AddressBook): string | undefined =>
  /^(\d.*|[a-z])$/.test(next) ? book.slipOf('units', word) : undefined;

/** “412 Norht Paint”, “17 E Secnd St”, “Aptt 2”. */
const mended = (part: readonly string[], book: AddressBook): string[] =>
  part.map((word, at) => {
    if (at === 0 || !/^[a-z]{3,}$/.test(word) || book.isKnown(word)) return word;
    const found = directionMeant(word, wordAt(part, at - 1), book) ?? book.slipOf('ordinals', word);
    return found ?? (at > 1 ? unitMeant(word, wordAt(part, at + 1), book) : undefined) ?? word;
  });

const TITLES = new Set(['dr', 'rev', 'reverend']);
/** “Dr Martin Luther King Blvd” is named after Martin Luther King, and “2 St” is 2nd Street. */
const plainName = (core: readonly string[]): string[] =>
  (core.length > 1 && TITLES.has(wordAt(core, 0)) ? core.slice(1) : core).map((word) => word.replace(ORDINAL, '$1'));

/** A home as whoever wrote it in haste may have meant it: enough for a human to look at it, and for nothing more. */
export const meantParts = (address: string, book: AddressBook): HomeParts | null => {
  const parts = withoutSign(readOut(address, book), book).map((part) => mended(turned(split(part, book), book), book));
  const found = partsOfHome(parts, book);
  return found && { ...found, core: plainName(found.core) };
};

const idOf = (text: string, kind: RegExp): string | undefined => kind.exec(text)?.[1];
const BOX = /\b(?:po)?box (\w+)/;
const ROUTE = /\b((?:rr|hc) \w+)/;
const numbersIn = (words: readonly string[]): string[] =>
  words.flatMap((word) => /^\d+/.exec(word) ?? []).map((digits) => digits.replace(/^0+(?=.)/, ''));

/** Boxes by their numbers, what has none by a number and a word of its name that both tell. */
export const mayBeOne = (one: string, other: string, book: AddressBook): boolean => {
  const [a, b] = [one, other].map((address) => readOut(address, book).flat().join(' ')) as [string, string];
  const idsOf = (kind: RegExp): Ids => [idOf(a, kind), idOf(b, kind)];
  const boxes = idsOf(BOX);
  if (boxes.every((id) => id !== undefined)) return !differ(boxes) && !differ(idsOf(ROUTE));
  const [names, others] = [one, other].map((address) => namesIn(address, book)) as [Told, Told];
  const isShared = (by: keyof Told): boolean => names[by].some((word) => others[by].includes(word));
  return isShared('numbers') && isShared('words');
};
type Ids = readonly [string | undefined, string | undefined];
const differ = ([one, other]: Ids): boolean => one !== undefined && other !== undefined && one !== other;

interface Told {
  readonly numbers: readonly string[];
  readonly words: readonly string[];
}
/** Of a street its house number and its name only: a town is no name of a home. */
const namesIn = (address: string, book: AddressBook): Told => {
  const home = meantParts(address, book);
  if (home) return { numbers: [home.number], words: home.core };
  const words = readOut(address, book).flat();
  return { numbers: numbersIn(words), words: words.filter((word) => /^[a-z]{3,}$/.test(word) && !book.isKnown(word)) };
};

/** Its house number, as far as there is one reading of it. */
export const sureNumber = (address: string, book: AddressBook): string | null => {
  const [told, meant] = [homeParts(address, book), meantParts(address, book)];
  return told?.number === meant?.number ? (told?.number ?? null) : null;
};

/** All numbers that may be that of the house. */
export const meantNumbers = (address: string, book: AddressBook): string[] => {
  const sure = sureNumber(address, book);
  const words = readOut(address, book).flatMap((part) => split(part, book));
  return sure === null ? [...new Set(numbersIn(words))] : [sure];
};
