import { editDistance } from '../text/damerau-levenshtein';
import { jaroWinkler } from '../text/jaro-winkler';
import type { Words } from '../values/words';

/** From when words count as alike. */
export interface Likeness {
  /** Jaro–Winkler similarity of a slip of the pen. */
  readonly close: number;
  /** Jaro–Winkler similarity of words that may be meant to be the same. */
  readonly alike: number;
  /** Letters a word must have for one wrong letter to be a slip, and for two. */
  readonly oneEditFrom: number;
  readonly twoEditsFrom: number;
  /** Letters from which two wrong ones are still alike. */
  readonly twoEditsAlikeFrom: number;
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

const areCompared = (a: Words, b: Words, likeness: Likeness): number => {
  if (a.core === b.core) return CLOSE;
  if (isContained(a, b)) return CLOSE;
  const length = Math.min(a.core.length, b.core.length);
  const most = length >= likeness.twoEditsFrom ? 2 : length >= likeness.oneEditFrom ? 1 : 0;
  if (most > 0 && editDistance(a.core, b.core, most) <= most) return CLOSE;
  const similarity = jaroWinkler(a.core, b.core);
  if (similarity >= likeness.close) return CLOSE;
  if (similarity >= likeness.alike) return ALIKE;
  if (a.sound.length > 1 && a.sound === b.sound) return ALIKE;
  if (length >= likeness.twoEditsAlikeFrom && editDistance(a.core, b.core, 2) <= 2) return ALIKE;
  const hasParts = a.parts.length > 1 || b.parts.length > 1;
  return hasParts && sharedLetters(a.parts, b.parts) > TELLING_PART ? ALIKE : DIFFERENT;
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
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - 18);
    const pair = low * ID_SPACE + high;
    if (this.pairs[slot] === pair) return this.levels[slot] as number;
    const level = areCompared(a, b, this.likeness);
    this.pairs[slot] = pair;
    this.levels[slot] = level;
    return level;
  }
}
