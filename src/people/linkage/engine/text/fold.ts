const MARKS = /\p{M}+/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu;

/** Lower case without accents: `Muñoz` and `MUNOZ` are one word to a desk that has no ñ on its keyboard. */
export const fold = (text: string): string => text.normalize('NFKD').replace(MARKS, '').toLowerCase();

/** The words of a text, folded; apostrophes join (`O'Brien` is `obrien`), every other sign parts. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .replace(/['’`´]/g, '')
    .replace(NEITHER_LETTER_NOR_DIGIT, ' ')
    .split(' ')
    .filter((word) => word !== '');

/** Letters and digits alone, folded. */
export const compact = (text: string): string => fold(text).replace(NEITHER_LETTER_NOR_DIGIT, '');

export const digitsOf = (text: string): string => text.replace(/\D+/g, '');
