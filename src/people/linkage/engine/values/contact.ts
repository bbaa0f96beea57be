import { digitsOf, fold } from '../text/fold';

/** Digits of a telephone number; the country code of North America is dropped. Fewer than seven digits are no number. */
export const phoneDigits = (text: string): string | null => {
  const digits = digitsOf(text);
  if (digits.length < 7) return null;
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
};

export interface Email {
  readonly text: string;
  readonly local: string;
  /** Empty when there was no `@`. */
  readonly domain: string;
}

export const email = (text: string): Email | null => {
  const whole = fold(text).replace(/\s+/g, '');
  const [local, domain = ''] = whole.split('@', 2) as [string, string?];
  return local === '' ? null : { text: whole, local, domain };
};

const SEXES: ReadonlyMap<string, string | null> = new Map([
  ...['male', 'man', 'hombre', 'masculino'].map((word) => [word, 'm'] as const),
  ...['female', 'woman', 'mujer', 'femenino'].map((word) => [word, 'f'] as const),
  ...['u', 'unknown', 'desconocido'].map((word) => [word, null] as const),
]);

/** `m`, `f`, or another word as it stands; `null` when it says that nothing is known. */
export const sexCode = (text: string): string | null => {
  const word = fold(text).trim();
  const code = SEXES.get(word);
  return code === undefined ? word : code;
};
