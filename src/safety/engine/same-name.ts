/** What is put behind a name and is none. */
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'junior', 'senior']);
/** Given name and family name: so many words are always left. */
const LEAST_WORDS = 2;

/**
 * A name in one spelling, whichever comes first: by it somebody is known again, with a middle initial or without, with “Jr.” or without.
 * Father and son of one name are taken for one: it warns, and decides nothing. Null: no letters.
 */
export const sameName = (name: string): string | null => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu);
  if (words === null) return null;
  const own = words.filter((word) => word.length > 1 && !SUFFIXES.has(word));
  return (own.length < LEAST_WORDS ? words : own).sort().join(' ');
};
