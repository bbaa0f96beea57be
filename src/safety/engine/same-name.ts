/** A name in one spelling, whichever comes first: by it somebody is known again. Null: no letters. */
export const sameName = (name: string): string | null => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu);
  return words === null ? null : words.sort().join(' ');
};
