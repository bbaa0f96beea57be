/** What a stranger at a door must not read or hear, in one spelling: lower case, no accents. Data: `rules/telling-words.json`. */
export interface TellingWords {
  /** A word that begins so tells; a long one also inside a word. */
  readonly stems: readonly string[];
  readonly words: readonly string[];
  /** Ordinary words in small letters: they tell in capitals, letter by letter, or beside one of `beside`. */
  readonly acronyms: readonly string[];
  readonly beside: readonly string[];
  readonly phrases: readonly string[];
  /** Beginnings of words that only begin like a stem. */
  readonly except: readonly string[];
  /** Words in a row that make a telling one only when read as one. */
  readonly exceptTogether: readonly string[];
  /** Names of people and places too: with a capital they tell only beside one of `besideNames`. */
  readonly names: readonly string[];
  /** Names and ordinary words: they tell only beside one of `besideNames`. */
  readonly things: readonly string[];
  readonly besideNames: readonly string[];
}

/** From this length on a stem tells wherever it stands in a word: shorter ones stand in words that mean something else. */
const LONG_STEM = 6;
/** Joined letters that spell a shorter word than this are joined only where they stand alone: “o d”, and not “do pe”. */
const LONG_WORD = 5;
const LONGEST_JOINED = 24;

/** Letters of Western and Vietnamese writing, digits and ordinary signs: what can be compared with a list, and printed. */
const READABLE = /^[A-Za-zÀ-ÖØ-öø-ſƠơƯưḀ-ỿ\u0300-\u036f0-9\s.,;:!?¡¿'"’‘“”()&/+\-–—#@*%$_]*$/u;

/** Whether every sign can be checked: letters of other scripts look like ours, and pictures speak without words. */
export const isReadable = (text: string): boolean => READABLE.test(text);

/** Letters that no normal form takes apart. */
const FOLDED: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  ø: 'o',
  þ: 'th',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  œ: 'oe',
  ŧ: 't',
  ß: 'ss',
};
const unmarked = (text: string): string => text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
const folded = (text: string): string =>
  text.toLowerCase().replace(/[æðøþđħıĸłŋœŧß]/g, (sign) => FOLDED[sign] as string);

/** Digits and signs that are read as letters; 1 and | are read as two. */
const AS_LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g' },
  ...{ $: 's', '@': 'a', '!': 'i', '+': 't' },
};
const lettersFor = (word: string, one: string): string =>
  word.replace(/[013-57-9$@!+|]/g, (sign) => AS_LETTERS[sign] ?? one);

/** A word as it stands, and as it may be read: a capital I looks like a small l. */
const readingsOf = (written: string): string[] => {
  const word = folded(written);
  const looksLike = folded(written.replaceAll('I', 'l'));
  return /\p{L}/u.test(word)
    ? [...new Set([word, lettersFor(word, 'i'), lettersFor(word, 'l'), lettersFor(looksLike, 'l')])]
    : [];
};

interface Word {
  /** As it was written, without accents. */
  readonly written: string;
  /** In small letters. */
  readonly word: string;
}

const wordsIn = (text: string): Word[] =>
  (unmarked(text).match(/[$@]?[\p{L}\p{N}]+(?:[$@!+|]+[\p{L}\p{N}]+)*\$?/gu) ?? []).map((written) => ({
    written,
    word: folded(written),
  }));

/** “PortTeam” and “ODTeam” are two words each. */
const apart = (text: string): string =>
  text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu}{2,})(\p{Lu}\p{Ll})/gu, '$1 $2');

const isStem = (reading: string, { stems, except }: TellingWords): boolean => {
  if (except.some((begins) => reading.startsWith(begins))) return false;
  const once = reading.replace(/(.)\1+/gu, '$1');
  return stems.some(
    (stem) =>
      reading.startsWith(stem) ||
      (stem.length >= LONG_STEM && (reading.includes(stem) || once.includes(stem))) ||
      (stem.length >= LONG_WORD && once.startsWith(stem)),
  );
};

const isAcronym = ({ written, word }: Word, before: Word | undefined, after: Word | undefined, list: TellingWords) =>
  list.acronyms.includes(word) &&
  (written === written.toUpperCase() || [before, after].some((one) => one && list.beside.includes(one.word)));

const isByName = ({ written }: Word, before: Word | undefined, after: Word | undefined, list: TellingWords) => {
  const isBeside = [before, after].some((one) => one && list.besideNames.includes(one.word));
  const isSmall = written === written.toLowerCase();
  return readingsOf(written).some(
    (reading) => (list.names.includes(reading) && (isSmall || isBeside)) || (list.things.includes(reading) && isBeside),
  );
};

/** How a word that was taken apart may end and still be the word. */
const ENDING =
  /^(e|s|es|d|ed|ing|ers?|is|al|in|ine|on|or|[ao]s?|y|yl|ilo|t|te[ds]?|ion(es|s)?|ad[ao]s?|[ae]nt[es]?|ists?|tics?|amin[ae]|tis)?$/;

/** Words in a row read as one: “over-dose”, “N A R C A N”, “sobre dosis”. */
const joinedFrom = (first: Word, others: readonly Word[], list: TellingWords): string[] => {
  const told: string[] = [];
  let joined = first.written;
  let row = first.word;
  for (const { written, word } of others) {
    joined += written;
    row += ` ${word}`;
    if (joined.length > LONGEST_JOINED) break;
    if (list.exceptTogether.some((one) => row === one || row.startsWith(`${one} `))) break;
    if (isJoined(joined, row, list)) told.push(folded(joined));
  }
  return told;
};

const isJoined = (joined: string, row: string, { stems, words, acronyms }: TellingWords): boolean => {
  const isLetters = row.split(' ').every((word) => word.length === 1);
  return readingsOf(joined).some(
    (reading) =>
      (isLetters && (words.includes(reading) || acronyms.includes(reading))) ||
      (reading.length >= LONG_WORD && words.includes(reading)) ||
      stems.some((stem) => reading.startsWith(stem) && ENDING.test(reading.slice(stem.length))),
  );
};

/** The words of a text that tell a stranger why somebody came, as they were read; none: it is plain. */
export const tellingWords = (text: string, list: TellingWords): string[] => {
  const told: string[] = [];
  for (const words of [wordsIn(text), wordsIn(apart(unmarked(text)))]) {
    for (const [at, one] of words.entries()) {
      const isWord = readingsOf(one.written).some((reading) => list.words.includes(reading) || isStem(reading, list));
      const [before, after] = [words[at - 1], words[at + 1]];
      if (isWord || isAcronym(one, before, after, list) || isByName(one, before, after, list)) told.push(one.word);
      told.push(...joinedFrom(one, words.slice(at + 1), list));
    }
    const row = ` ${words.map(({ word }) => word).join(' ')} `;
    told.push(...list.phrases.filter((phrase) => row.includes(` ${phrase} `)));
  }
  return [...new Set(told)];
};
