/** What is put behind a name and is none. */
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'junior', 'senior']);
/** What is put before a name and is none: how somebody is addressed, and whose kin they are. */
const BEFORE_NAMES = new Set(
  [
    'mr mrs ms miss dr prof rev señor señora senor senora sra srta don doña dona',
    'mother mom mum mama father dad papa grandma grandpa grandmother grandfather granny nana abuela abuelo aunt auntie uncle tia tio',
    'brother sister cousin stepmother stepfather stepmom stepdad godmother godfather madrina padrino neighbor neighbour foster',
  ]
    .join(' ')
    .split(' '),
);
/** Given name and family name: so many words are always left. */
const LEAST_WORDS = 2;
/** Length of two initials with a space between. */
const INITIALS = 3;

const wordsOf = (text: string): string[] => text.match(/\p{L}+/gu) ?? [];
/** The words that `drop` leaves, unless they are too few to be a name. */
const without = (words: readonly string[], drop: (word: string) => boolean): readonly string[] => {
  const left = words.filter((word) => !drop(word));
  return left.length < LEAST_WORDS ? words : left;
};
const isFamilyFirst = (first: string, others: readonly string[]): boolean =>
  /^\p{Lu}{2,}$/u.test(first) && others.length > 0 && others.every((word) => /\p{Ll}/u.test(word));

/** Given names first, also of “DELGADO, Rosa” and “DELGADO Rosa”. */
const inOrder = (name: string): string[] => {
  const [before, ...behind] = name.split(',').map(wordsOf) as [string[], ...string[][]];
  const words = [...behind.flat(), ...before];
  const [first, ...others] = words as [string?, ...string[]];
  return first !== undefined && isFamilyFirst(first, others) ? [...others, first] : words;
};

/**
 * A name in one spelling, whichever comes first: by it somebody is known again, with middle names or without, with “Jr.”, “Mrs.”, “Grandma”
 * or without. Father and son of one name are taken for one: it warns, and decides nothing. Null: no letters.
 */
export const sameName = (name: string): string | null => {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  const own = plain.replace(/\([^)]*\)|\[[^\]]*\]/gu, ' ');
  const written = inOrder(wordsOf(own).length < LEAST_WORDS ? plain : own).map((word) => word.toLowerCase());
  const [first, ...others] = without(
    without(written, (word) => SUFFIXES.has(word) || BEFORE_NAMES.has(word)),
    (word) => word.length === 1,
  );
  return first === undefined ? null : [first, ...others.slice(-1)].sort().join(' ');
};

/** Letters that are written for each other: Roza for Rosa, Yvette for Ivette, Erick for Erik. */
const SOUND_ALIKE = ['sz', 'iy', 'ck'];

/** A word with one letter written as it may sound. */
const otherwiseWritten = (word: string): string[] =>
  Array.from(word).flatMap((letter, at) =>
    SOUND_ALIKE.filter((pair) => pair.includes(letter)).map(
      (pair) => `${word.slice(0, at)}${pair.replace(letter, '')}${word.slice(at + 1)}`,
    ),
  );

/** Of an initial, all given names that begin with it; of a name, its initial. */
const initials = (word: string, nicknames: readonly (readonly string[])[]): string[] =>
  word.length === 1 ? nicknames.flat().filter((name) => name.startsWith(word)) : [word.slice(0, 1)];

/**
 * A name in one spelling, and as it would be with each given name that stands for one in it, with its initial, or written as it sounds:
 * “reyes robert” is “bob reyes” and “r reyes” too. Rows of `nicknames` stand for each other. Either word may be the given one; names that
 * stand for a common third do not stand for each other.
 */
export const alsoNamed = (same: string, nicknames: readonly (readonly string[])[]): string[] => {
  const written = same.split(' ');
  if (written.length < LEAST_WORDS) return [same];
  const others = written.flatMap((word, at) => {
    const spellings = [word, ...otherwiseWritten(word)];
    const rows = nicknames.filter((row) => spellings.some((one) => row.includes(one)));
    return [...rows.flat(), ...spellings, ...initials(word, nicknames)].map((other) =>
      written.with(at, other).sort().join(' '),
    );
  });
  // Two initials are nobody’s name.
  return [...new Set([same, ...others.filter((name) => name.length > INITIALS)])];
};
