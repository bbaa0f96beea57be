import { foundIn, NUMBERED, unitsIn, withDoor, wordAt, type AddressBook } from './address-key';

/** A home taken apart, as far as its address tells it. */
export interface HomeParts {
  readonly number: string;
  /** The name of the street, without direction and suffix. */
  readonly core: readonly string[];
  readonly suffix: string | null;
  /** `N Main St W`: before and after the name. */
  readonly before: string | null;
  readonly after: string | null;
  /** `apt 2`, `fl 2`, `rear`. */
  readonly units: readonly string[];
  readonly town: readonly string[];
}

const COUNTS: Readonly<Record<string, string>> = {
  ...{ one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10' },
  ...{
    uno: '1',
    dos: '2',
    tres: '3',
    cuatro: '4',
    cinco: '5',
    seis: '6',
    siete: '7',
    ocho: '8',
    nueve: '9',
    diez: '10',
  },
};
const FILLERS = new Set(['no', 'num', 'number', 'nr', 'numero', '#']);
/** “No. Paint St” is north, and “So. Paint St” south. */
const SHORT_DIRECTIONS: Readonly<Record<string, string>> = { no: 'n', so: 's' };
const DOOR = /^\d{1,4}[a-z]?$/;
export const ORDINAL = /^(\d+)(st|nd|rd|th)$/;

/** “Apt No. two” is “Apt 2”. */
const counted = (words: readonly string[], book: AddressBook): string[] => {
  const isUnit = (word: string | undefined): boolean => book.is('units', word);
  const kept = words.filter((word, at) => !(FILLERS.has(word) && isUnit(words[at - 1])));
  return kept.map((word, at) => (isUnit(kept[at - 1]) ? (COUNTS[word] ?? word.replace(ORDINAL, '$1')) : word));
};

/** “412-2 N Paint” is door 2, “412 1/2 N Paint” a half of 412. */
const doorIn = (street: readonly string[], book: AddressBook): { units: string[]; from: number } => {
  const first = wordAt(street, 0);
  if (first === '1' && street[1] === '2' && street.length > 2) return { units: ['half'], from: 2 };
  // “2 Ave N” is an avenue.
  const name = street.slice(1).filter((word) => !book.is('directions', word));
  const isDoor = DOOR.test(first) && (name.length > 1 || (name.length === 1 && !book.is('suffixes', name[0])));
  return isDoor ? { units: [`apt ${first}`], from: 1 } : { units: [], from: 0 };
};

/** What stands behind the name of a street that has no suffix to end it: “412 Paint upstairs”, “412 Paint 2”. */
const endOfTold = (street: readonly string[], book: AddressBook): number => {
  if (street.some((word, at) => at > 0 && book.is('suffixes', word)) || street.some((word) => NUMBERED.has(word))) {
    return street.length;
  }
  const tail = street.findIndex(
    (word, at) => at > 0 && (book.is('bare', word) || FILLERS.has(word) || DOOR.test(word)),
  );
  return tail < 0 ? street.length : tail;
};

/** Takes a word of the table from one end, as long as a name is left; null: there is none. */
const taken = (words: string[], at: 0 | -1, isOne: (word: string | undefined) => boolean): string | null =>
  (words.length > 1 && isOne(words.at(at)) ? words.splice(at, 1) : [])[0] ?? null;

const directionsIn = (street: readonly string[], book: AddressBook) => {
  const words = street.map((word, at) => (at === 0 && street.length > 1 ? (SHORT_DIRECTIONS[word] ?? word) : word));
  const isDirection = (word: string | undefined): boolean => book.is('directions', word);
  // “North St” has no other name.
  const isAlone = words.length === 2 && book.is('suffixes', words[1]);
  const before = taken(words, 0, (word) => !isAlone && isDirection(word));
  const after = taken(words, -1, isDirection);
  const suffix = taken(words, -1, (word) => book.is('suffixes', word));
  return { core: words, suffix, before, after };
};

/** Null: there is no house number and street in it. */
export const homeParts = (address: string, book: AddressBook): HomeParts | null =>
  partsOfHome(book.partsOf(address), book);

/** The same of what is one spelling already. */
export const partsOfHome = (told: readonly (readonly string[])[], book: AddressBook): HomeParts | null => {
  const parts = told.map((part) => counted(part, book));
  const found = foundIn(parts, book);
  if (!found) return null;
  const letter = found.number.replace(/\d/g, '');
  const door = doorIn(found.street, book);
  const street = found.street.slice(door.from);
  const end = endOfTold(street, book);
  const rest = [...street.slice(end), ...found.after].map((word, at, all) =>
    FILLERS.has(word) && DOOR.test(wordAt(all, at + 1)) ? 'apt' : word,
  );
  const units = [...door.units, ...unitsIn([...found.before, ...withDoor(rest)], book)];
  return {
    number: found.number.replace(/\D/g, '').replace(/^0+(?=.)/, ''),
    ...directionsIn(street.slice(0, end), book),
    units: [...new Set(letter === '' ? units : [`apt ${letter}`, ...units])],
    town: rest.filter((word) => /^[a-z]{3,}$/.test(word) && !book.is('units', word) && !book.is('bare', word)),
  };
};
