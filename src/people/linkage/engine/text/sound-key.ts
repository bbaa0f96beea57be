/** Spellings of one sound in English and Spanish names, in this order. Coarse on purpose: a key finds candidates, it decides nothing. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 's'],
  [/sch|sh|ch|tch/g, 'j'],
  [/ph/g, 'f'],
  [/gh(?=[^aeiouy]|$)/g, ''],
  [/dg(?=[eiy])/g, 'j'],
  [/g(?=[eiy])/g, 'j'],
  [/c(?=[eiy])/g, 's'],
  [/ck|q|c|g/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/ll/g, 'l'],
  [/[vw]/g, 'b'],
  [/d/g, 't'],
  [/m/g, 'n'],
  [/^[aeiouyh]+/, 'a'],
];

/**
 * How a word sounds, roughly: consonants in groups that are confused (b/v, c/k/q, d/t, m/n, s/z …), vowels only as “begins with one”. The
 * first five sounds count. A word without letters (a number) is its own key.
 */
export const soundKey = (word: string): string => {
  const spelled = SPELLINGS.reduce((sound, [spelling, letter]) => sound.replace(spelling, letter), word);
  const consonants = spelled.slice(0, 1) + spelled.slice(1).replace(/[aeiouyh]+/g, '');
  return consonants.replace(/(.)\1+/g, '$1').slice(0, 5);
};
