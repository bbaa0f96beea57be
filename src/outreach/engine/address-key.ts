import { isSlip } from './slip';

/** The spellings of what stands in an address, one for each: data, `rules/postal-words.json`. */
export interface PostalWords {
  /** Abbreviation to the ways it is written. */
  readonly suffixes: Readonly<Record<string, readonly string[]>>;
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** Units that have no number of their own: `rear`. */
  readonly bare: Readonly<Record<string, readonly string[]>>;
  readonly directions: Readonly<Record<string, readonly string[]>>;
  readonly words: Readonly<Record<string, string>>;
  /** Words in a row to one spelling. */
  readonly phrases: Readonly<Record<string, string>>;
  readonly states: readonly string[];
  /** Number words, and what they are worth. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** Roads that have a number for a name. */
export const NUMBERED = new Set(['hwy', 'cr', 'tr', 'i']);
/** What a number belongs to that is no house number. */
export const TAKES_NUMBER = new Set(['pobox', 'box', 'rr', 'hc', ...NUMBERED]);
export const HOUSE = /^\d+[a-z]?$/;

/** The word at this place; before the first and after the last there is none. */
export const wordAt = (words: readonly string[], place: number): string => words[place] ?? '';

type Misspelt = 'units' | 'directions' | 'ordinals';

/** Ready to be asked word by word. */
export class AddressBook {
  readonly #spelling: ReadonlyMap<string, string>;
  readonly #phrases: readonly (readonly [RegExp, string])[];
  readonly #sets: Readonly<Record<'suffixes' | 'units' | 'bare' | 'directions', ReadonlySet<string>>>;
  readonly #states: ReadonlySet<string>;
  readonly #numbers: ReadonlyMap<string, number>;
  /** Words in full to what is short for them: what a slip of the pen is one of. */
  readonly #inFull: Readonly<Record<Misspelt, readonly (readonly [string, string])[]>>;

  constructor({ suffixes, units, bare, directions, words, phrases, states, numbers }: PostalWords) {
    const tables = [suffixes, units, bare, directions].flatMap((table) => Object.entries(table));
    const spelled = tables.flatMap(([short, long]) => long.map((word) => [word, short] as const));
    this.#spelling = new Map([...spelled, ...Object.entries(words)]);
    // The longest first: “p o box” is no “p o b” with an ox.
    const rows = Object.entries(phrases).sort(([one], [other]) => other.length - one.length);
    this.#phrases = rows.map(([row, short]) => [new RegExp(`(?<= )${row}(?= )`, 'g'), short]);
    const namesOf = (table: Readonly<Record<string, readonly string[]>>) => new Set(Object.keys(table));
    this.#sets = {
      suffixes: namesOf(suffixes),
      units: new Set([...namesOf(units), '#']),
      bare: namesOf(bare),
      directions: namesOf(directions),
    };
    this.#states = new Set(states);
    this.#numbers = new Map(Object.entries(numbers));
    const inFull = (table: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(table).flatMap(([short, long]) => [short, ...long].map((word) => [word, short] as const));
    this.#inFull = {
      units: inFull(units).filter(([word]) => word.length > 2),
      directions: inFull(directions).filter(([word]) => word.length > 3),
      ordinals: Object.entries(words).filter(([, spelling]) => /^\d/.test(spelling)),
    };
  }

  /** What this word is a slip of, in one spelling. */
  slipOf(table: Misspelt, word: string): string | undefined {
    return this.#inFull[table].find(([inFull]) => isSlip(word, inFull))?.[1];
  }

  /** What a number word is worth; any other word nothing. */
  valueOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  spelt(word: string): string {
    return this.#spelling.get(word) ?? word;
  }

  /** Whether it stands in a table: it says what something is, and is no name. */
  isKnown(word: string): boolean {
    return TAKES_NUMBER.has(word) || Object.values(this.#sets).some((table) => table.has(word));
  }

  is(table: 'suffixes' | 'units' | 'bare' | 'directions', word: string | undefined): boolean {
    return word !== undefined && this.#sets[table].has(word);
  }

  /** Its words in one spelling, by the parts that commas make; without postal code, state and country at the end. */
  partsOf(address: string): string[][] {
    const plain = address
      .replace(/½/g, ' 1/2 ')
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}\p{Cf}'’.]/gu, (sign) => (sign === '.' ? ' ' : ''));
    const parts = plain.split(/[,;\n]/).map((part) => this.#wordsOf(part));
    return this.#withoutPlace(parts.filter((part) => part.length > 0));
  }

  #wordsOf(part: string): string[] {
    const words = part.replace(/#/g, ' # ').match(/#|[\p{L}\p{N}]+/gu) ?? [];
    const row = this.#phrases.reduce((text, [from, to]) => text.replace(from, to), ` ${words.join(' ')} `);
    return row
      .trim()
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => this.#spelling.get(word) ?? word)
      .flatMap((word) => this.#unglued(word))
      .filter((word, at, all) => word !== '#' || !this.#takesNumber(wordAt(all, at - 1)));
  }

  #takesNumber(word: string): boolean {
    return TAKES_NUMBER.has(word) || this.is('units', word);
  }

  /** “apt2” is “apt 2”. */
  #unglued(word: string): string[] {
    const letters = word.replace(/\d\w*$/, '');
    const unit = this.#spelling.get(letters) ?? letters;
    return letters !== word && this.#takesNumber(unit) ? [unit, word.slice(letters.length)] : [word];
  }

  /** “12 Oak Ct” is a court and not in Connecticut, “2nd Fl” is no place in Florida; “Waterbury, CT” is. */
  #endsInState(words: readonly string[]): boolean {
    const last = words[words.length - 1];
    const isStreet = words.some((word) => HOUSE.test(word));
    return !this.is('units', last) && (!isStreet || (words.length > 2 && !this.is('suffixes', last)));
  }

  #withoutPlace(parts: readonly string[][]): string[][] {
    const last = parts.slice(-1).flat();
    if (wordAt(last, last.length - 1) === 'usa') last.pop();
    const withoutCode = last
      .join(' ')
      .replace(/(^| )\d{5}( \d{4})?$/, '')
      .split(' ');
    const left = parts.length > 1 || last.length > 2 ? withoutCode.filter((word) => word !== '') : last;
    const isState =
      this.#states.has(wordAt(left, left.length - 1)) && (left.length < last.length || this.#endsInState(left));
    return [...parts.slice(0, -1), isState ? left.slice(0, -1) : left].filter((part) => part.length > 0);
  }
}

export interface Found {
  /** All before the house number. */
  readonly before: readonly string[];
  readonly number: string;
  readonly street: readonly string[];
  readonly after: readonly string[];
}

/** Where the name of the street ends: behind the number of a road, behind its suffixes, else where a unit begins. */
const endOfName = (words: readonly string[], limit: number, book: AddressBook): number => {
  const first = book.is('directions', words[0]) && words.length > 1 ? 1 : 0;
  if (NUMBERED.has(wordAt(words, first)) && /^\d/.test(wordAt(words, first + 1))) return first + 2;
  let end = words.slice(0, limit).findIndex((word, at) => at > first && book.is('suffixes', word));
  if (end < 0) return limit;
  while (end < limit && book.is('suffixes', words[end])) end += 1;
  return end;
};

/** Where the street ends among the words after the house number; what follows is unit, town or nothing. */
const endOfStreet = (words: readonly string[], book: AddressBook): number => {
  const unit = words.findIndex((word, at) => at > 0 && book.is('units', word));
  const limit = unit < 0 ? words.length : unit;
  const end = endOfName(words, limit, book);
  // “Main St North Canton” is Main Street in North Canton.
  const isLast = end + 1 >= limit || /^\d/.test(wordAt(words, end + 1));
  return book.is('directions', words[end]) && isLast ? end + 1 : end;
};

/** “12-B Main St” is 12b; “12 B St” is on B Street. */
const letterOf = (words: readonly string[], book: AddressBook): string => {
  const letter = wordAt(words, 0);
  const isOfHouse = /^[a-z]$/.test(letter) && words.length > 1 && !book.is('directions', letter);
  return isOfHouse && !book.is('suffixes', words[1]) ? letter : '';
};

export const foundIn = (parts: readonly (readonly string[])[], book: AddressBook): Found | null => {
  for (const [index, part] of parts.entries()) {
    const at = part.findIndex(
      (word, place) =>
        HOUSE.test(word) && !TAKES_NUMBER.has(wordAt(part, place - 1)) && !book.is('units', part[place - 1]),
    );
    const words = part.slice(at + 1);
    if (at < 0 || words.length === 0) continue;
    const letter = letterOf(words, book);
    words.splice(0, letter.length);
    const end = endOfStreet(words, book);
    return {
      before: [...parts.slice(0, index).flat(), ...part.slice(0, at)],
      number: wordAt(part, at) + letter,
      street: words.slice(0, end),
      after: [...words.slice(end), ...parts.slice(index + 1).flat()],
    };
  }
  return null;
};

/** “2 B” and “02-b” are “2b”. */
const numbered = (id: string, next: string): string => {
  const isOneMore = /^\d+ [a-z]$|^[a-z] \d+$/.test(`${id} ${next}`);
  return `${id}${isOneMore ? next : ''}`.replace(/^0+(?=.)/, '');
};

/** The units among these words, in one order. Whoever says which door says enough: its floor is left out. */
export const unitsIn = (words: readonly string[], book: AddressBook): string[] => {
  const units: string[] = [];
  for (const [at, word] of words.entries()) {
    const [before, id, next] = [wordAt(words, at - 1), wordAt(words, at + 1), wordAt(words, at + 2)];
    if (book.is('bare', word)) units.push(word);
    else if (word === 'fl' && /^\d+(st|nd|rd|th)$/.test(before)) units.push(`fl ${before.replace(/\D/g, '')}`);
    else if (book.is('units', word) && (/\d/.test(id) || id.length === 1)) {
      units.push(`${word === '#' ? 'apt' : word} ${numbered(id.replace(/(?<=\d)(st|nd|rd|th)$/, ''), next)}`);
    }
  }
  const isDoor = units.some((unit) => unit.startsWith('apt '));
  return [...new Set(units)].filter((unit) => !(isDoor && unit.startsWith('fl '))).sort();
};

/** A number right behind the street is a door. */
export const withDoor = (words: readonly string[]): readonly string[] =>
  /^\d{1,4}[a-z]?$/.test(wordAt(words, 0)) ? ['apt', ...words] : words;

/** Homes without a street: a rural route, else a box. */
const ruralOf = (words: readonly string[]): string | null => {
  const text = words.join(' ');
  const [route] = /\b(rr|hc) \w+/.exec(text) ?? [];
  const [box] = /\bbox \w+/.exec(text) ?? [];
  const [post] = /\bpobox \w+/.exec(text) ?? [];
  return route !== undefined && box !== undefined ? `${route} ${box}` : (route ?? post ?? null);
};

/** One spelling for the spellings of one home, without its town; null: too little to tell one home from another. */
export const addressKey = (address: string, book: AddressBook): string | null => {
  const parts = book.partsOf(address);
  const found = foundIn(parts, book);
  if (found) {
    const units = unitsIn([...found.before, ...withDoor(found.after)], book);
    return [found.number, ...found.street, ...units].join(' ');
  }
  const words = parts.flat();
  const isEnough = words.length > 1 && words.some((word) => /\d/.test(word));
  return ruralOf(words) ?? (isEnough ? words.join(' ') : null);
};
