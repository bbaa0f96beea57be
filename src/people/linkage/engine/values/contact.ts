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
  const [local = '', domain = ''] = whole.split('@', 2);
  return local === '' ? null : { text: whole, local, domain };
};

const SEXES: Readonly<Record<string, string | null>> = {
  male: 'm',
  man: 'm',
  hombre: 'm',
  masculino: 'm',
  female: 'f',
  woman: 'f',
  mujer: 'f',
  femenino: 'f',
  u: null,
  unknown: null,
};

export const sexCode = (text: string): string | null => {
  const word = fold(text).trim();
  return word in SEXES ? (SEXES[word] ?? null) : word;
};
