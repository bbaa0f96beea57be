/** Letters that carry a stroke instead of a mark, as a desk without them on its keyboard writes them. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ı: 'i' },
  ...{ æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th' },
};
/** A rank before a name; before a comma it is a family name. */
const RANK =
  /^(?:(?:mr|mrs|ms|dr|prof|officer|ofc|off|deputy|dep|sheriff|sergeant|sgt|detective|det|lieutenant|lt|captain|capt|chief)\.?\s+)+(?=\p{L})/u;

/** Lower case without accents and signs, and without the rank in front. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .trim()
    .replace(RANK, '')
    .replaceAll(/[\u0300-\u036f'’‘`´]/g, '')
    .replaceAll(/[øłđðħıæœßþ]/g, (letter) => PLAIN[letter] as string)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');

const isInitialOf = (one: string, other: string): boolean => one.length === 1 && other.startsWith(one);
const fits = (one: string, other: string): boolean => isInitialOf(one, other) || isInitialOf(other, one);

/** Whether every word has one of its own among the others: itself first, then an initial. */
const areAllAmong = (words: readonly string[], others: readonly string[]): boolean => {
  const left = [...others];
  const take = (index: number): boolean => index !== -1 && left.splice(index, 1).length > 0;
  const unmatched = words.filter((word) => !take(left.indexOf(word)));
  return unmatched.every((word) => take(left.findIndex((other) => fits(word, other))));
};

/**
 * Whether two names may be those of one person: whatever the case, the accents, the full stops and the order, with initials for
 * names, and with a name left out (`SMITH, J.` and `John A. Smith`). In doubt they may.
 */
export const maySamePersonHave = (one: string, other: string): boolean => {
  const [shorter, longer] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length) as [string[], string[]];
  return shorter.join('') === longer.join('') || (shorter.length > 0 && areAllAmong(shorter, longer));
};
