/** What tells a son from his father who bears the same name, in the ways it is written. */
const SUFFIXES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sr: ['sr', 'snr', 'senior'],
    jr: ['jr', 'jnr', 'junior'],
    ii: ['ii', '2nd'],
    iii: ['iii', '3rd'],
    iv: ['iv', '4th'],
  }).flatMap(([suffix, words]) => words.map((word) => [word, suffix] as const)),
);

/** Before a name these are a given name (Junior Lopez) or a title (Sr. Lopez), and nobody’s suffix. */
const NO_SUFFIX_IN_FRONT: ReadonlySet<string> = new Set(['junior', 'senior', 'sr', 'snr']);

export interface SplitName {
  readonly names: readonly string[];
  /** As `jr` or `iii`; several in the order of the alphabet; `null`: none. */
  readonly suffix: string | null;
}

/** Parts the words of a name from its suffix. A name that is nothing but one suffix is a name. */
export const splitSuffix = (words: readonly string[]): SplitName => {
  const isSuffix = (word: string, at: number): boolean =>
    SUFFIXES.has(word) && (at > 0 || !NO_SUFFIX_IN_FRONT.has(word));
  const names = words.filter((word, at) => !isSuffix(word, at));
  if (names.length === 0) return { names: words, suffix: null };
  return { names, suffix: joinedSuffix(words.filter(isSuffix).map((word) => SUFFIXES.get(word) as string)) };
};

/** One suffix of all that were told of one person. */
export const joinedSuffix = (suffixes: readonly (string | null)[]): string | null =>
  [...new Set(suffixes.filter((suffix) => suffix !== null))].sort().join(' ') || null;
