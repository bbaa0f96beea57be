/** Words that stand beside the number of a lot. */
const NUMBER_WORDS = /^(lot|batch|no|nr|num|number|exp|ref|ndc|kit)$/i;

/**
 * Whether it may be the number that a maker prints on a box: digits, with letters perhaps, or one code of capital letters. Two words, or
 * one in small letters, are somebody’s name or a remark.
 */
export const mayBeLotNumber = (text: string): boolean => {
  const words = (text.match(/(?<![\p{L}\p{N}])\p{L}{2,}(?![\p{L}\p{N}])/gu) ?? []).filter(
    (word) => !NUMBER_WORDS.test(word),
  );
  return /[\p{L}\p{N}]/u.test(text) && words.length < 2 && (/\p{N}/u.test(text) || /^[\p{Lu}.-]+$/u.test(text.trim()));
};
