import { editDistance } from '../text/damerau-levenshtein';
import { jaroWinkler } from '../text/jaro-winkler';
import type { Words } from '../values/words';

// Taken out once: in some environments, Jest’s among them, looking up a global costs more than what it computes.
const { imul, min, max } = Math;

/** From when words count as alike. */
export interface Likeness {
  /** Jaro–Winkler similarity of a slip of the pen. */
  readonly close: number;
  /** Jaro–Winkler similarity of words that may be meant to be the same. */
  readonly alike: number;
  /** Letters a word must have for one wrong letter to be a slip, and for two. */
  readonly oneEditFrom: number;
  readonly twoEditsFrom: number;
  /** Letters from which a word that was garbled is still alike. */
  readonly garbledFrom: number;
}

export const EXACT = 0;
export const CLOSE = 1;
export const ALIKE = 2;
export const DIFFERENT = 3;

/** A part of a name this long says something alone: `maria` of `maria jose`, not `de` of `de la cruz`. */
const TELLING_PART = 3;

const sharedLetters = (a: readonly string[], b: readonly string[]): number =>
  a.reduce((sum, part) => sum + (b.includes(part) ? part.length : 0), 0);

/** One is part of the other, as one of two family names is. */
const isContained = (a: Words, b: Words): boolean => {
  if (a.parts.length === b.parts.length) return false;
  const [fewer, more] = a.parts.length < b.parts.length ? [a.parts, b.parts] : [b.parts, a.parts];
  return sharedLetters(fewer, more) >= TELLING_PART && fewer.every((part) => more.includes(part));
};

const sortedLetters = (text: string): string => Array.from(text).sort().join('');

/** Two wrong letters, or the right letters in another order. */
const isGarbled = (a: string, b: string, from: number): boolean =>
  max(a.length, b.length) >= from && (editDistance(a, b, 2) <= 2 || sortedLetters(a) === sortedLetters(b));

const isSlip = (a: string, b: string, { oneEditFrom, twoEditsFrom }: Likeness): boolean => {
  const length = min(a.length, b.length);
  if (length < oneEditFrom) return false;
  const most = length < twoEditsFrom ? 1 : 2;
  return editDistance(a, b, most) <= most;
};

const sharesPart = (a: Words, b: Words): boolean =>
  (a.parts.length > 1 || b.parts.length > 1) && sharedLetters(a.parts, b.parts) > TELLING_PART;

const areCompared = (a: Words, b: Words, likeness: Likeness): number => {
  if (a.core === b.core || isContained(a, b) || isSlip(a.core, b.core, likeness)) return CLOSE;
  const similarity = jaroWinkler(a.core, b.core);
  if (similarity >= likeness.close) return CLOSE;
  const isAlike = similarity >= likeness.alike || (a.sound.length > 1 && a.sound === b.sound);
  return isAlike || isGarbled(a.core, b.core, likeness.garbledFrom) || sharesPart(a, b) ? ALIKE : DIFFERENT;
};

const CACHE_SIZE = 1 << 18;
const ID_SPACE = 0x4000000;

/** Compares prepared words, remembering what it found: the same names meet again and again. */
export class WordComparer {
  private readonly pairs = new Float64Array(CACHE_SIZE).fill(-1);
  private readonly levels = new Uint8Array(CACHE_SIZE);

  constructor(private readonly likeness: Likeness) {}

  /** EXACT, CLOSE, ALIKE or DIFFERENT. */
  compare(a: Words, b: Words): number {
    if (a.text === b.text) return EXACT;
    const [low, high] = a.id < b.id ? [a.id, b.id] : [b.id, a.id];
    const slot = (imul(low, 0x9e3779b1) ^ imul(high, 0x85ebca6b)) >>> (32 - 18);
    const pair = low * ID_SPACE + high;
    if (this.pairs[slot] === pair) return this.levels[slot] as number;
    const level = areCompared(a, b, this.likeness);
    this.pairs[slot] = pair;
    this.levels[slot] = level;
    return level;
  }
}
