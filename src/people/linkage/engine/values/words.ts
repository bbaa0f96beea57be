import { wordsOf } from '../text/fold';
import { soundKey } from '../text/sound-key';
import { splitSuffix } from './name-suffix';

/** A name, a street or a city, prepared once and compared often. */
export interface Words {
  /** Same number, same text; for caches. */
  readonly id: number;
  /** All words without the spaces: `elk i` is `elki`. */
  readonly text: string;
  /** The same without what says little, such as the type of a street. */
  readonly core: string;
  /** The words of the core. */
  readonly parts: readonly string[];
  readonly sound: string;
  /** Groups of names that stand for each other. */
  readonly aliases: readonly number[];
  /** `jr` of `Smith Jr.`, which is no part of the other texts. */
  readonly suffix: string | null;
}

/** Words that belong to names without telling people apart. */
const DROPPED_FROM_NAMES = new Set(['mr', 'mrs', 'ms', 'dr', 'sr', 'snr', 'sra', 'srta']);

const without = (parts: readonly string[], dropped: ReadonlySet<string>): readonly string[] => {
  const kept = parts.filter((part) => !dropped.has(part));
  return kept.length === 0 ? parts : kept;
};

export const nameWords = (text: string, id: number, aliasesOf: (name: string) => readonly number[]): Words | null => {
  const { names, suffix } = splitSuffix(wordsOf(text));
  const parts = without(names, DROPPED_FROM_NAMES);
  const whole = parts.join('');
  if (whole === '') return null;
  const aliases = [...new Set([whole, parts[0] as string].flatMap((name) => aliasesOf(name)))];
  return { id, text: whole, core: whole, parts, sound: soundKey(whole), aliases, suffix };
};

/** `spelledOut` leads `st` to `street`; `types` are the words that most streets end in. */
export interface StreetWords {
  readonly spelledOut: ReadonlyMap<string, string>;
  readonly types: ReadonlySet<string>;
}

export const streetWords = (text: string, id: number, { spelledOut, types }: StreetWords): Words | null => {
  const words = wordsOf(text).map((word) => spelledOut.get(word) ?? word);
  const whole = words.join('');
  if (whole === '') return null;
  const parts = without(words, types);
  const core = parts.join('');
  return { id, text: whole, core, parts, sound: soundKey(core), aliases: [], suffix: null };
};
