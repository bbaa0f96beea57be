/** North American Numbering Plan: area code and exchange begin with 2 to 9. */
const NATIONAL = /^1?([2-9]\d{2}[2-9]\d{6})$/;
const INTERNATIONAL = /^\+[1-9]\d{7,14}$/;

/**
 * The number in E.164 (ITU-T), `+17405550100`, for comparing; null for one that is not certain: without area code, with an
 * extension, or not a number of the plan. Numbers without `+` are read as North American.
 */
export const e164 = (text: string): string | null => {
  const plain = text.replace(/[\s().-]/g, '');
  const national = NATIONAL.exec(plain.replace(/^\+1/, '1'))?.[1];
  if (national !== undefined) return `+1${national}`;
  return INTERNATIONAL.test(plain) && !plain.startsWith('+1') ? plain : null;
};
