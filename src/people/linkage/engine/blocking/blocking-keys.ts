import type { PreparedRecord } from '../prepared-record';

/** `null` parts make no key: what is missing finds nobody. */
type Text = string | null;

const joined = (...parts: readonly (Text | undefined)[]): Text =>
  parts.some((part) => part === null || part === undefined || part === '') ? null : parts.join('|');

/** Month and day in the order of size, so that a swap of the two finds the same key. */
const dayOf = ({ birthDate }: PreparedRecord): string | null => {
  if (birthDate === null) return null;
  const { month, day } = birthDate;
  return month < day ? `${month}-${day}` : `${day}-${month}`;
};

const yearOf = ({ birthDate }: PreparedRecord): string | null => birthDate?.digits.slice(0, 4) ?? null;
const monthOf = ({ birthDate }: PreparedRecord): string | null => birthDate?.digits.slice(0, 6) ?? null;

/** Of both names in alphabetical order, so that crossed names find the same key. */
const ofBothNames = ({ givenName, familyName }: PreparedRecord, letters: number): string | null => {
  if (givenName === null || familyName === null) return null;
  return [givenName.sound.slice(0, letters), familyName.sound.slice(0, letters)].sort().join('|');
};

const soundOfNames = (record: PreparedRecord): string | null => ofBothNames(record, Infinity);
const initialsOf = (record: PreparedRecord): string | null => ofBothNames(record, 1);

/** Each makes one text of a record, or two; records with the same text are candidates for each other. */
const makers = {
  BIRTH_DATE: (record) => record.birthDate?.digits ?? null,
  SOUND_OF_NAMES: soundOfNames,
  FAMILY_NAME_AND_BIRTH_YEAR: (record) => joined(record.familyName?.sound, yearOf(record)),
  GIVEN_NAME_AND_BIRTH_MONTH: (record) => joined(record.givenName?.sound, monthOf(record)),
  // Of either name alike, so that crossed names of which one is for short find each other.
  NAME_AND_DAY: (record) => [
    joined(record.givenName?.sound, dayOf(record)),
    joined(record.familyName?.sound, dayOf(record)),
  ],
  PHONE: (record) => record.phone?.slice(-7) ?? null,
  EMAIL_NAME: (record) => record.email?.local ?? null,
  EMAIL_DOMAIN: (record) => joined(record.email?.domain),
  POSTAL_CODE_AND_GIVEN_NAME: (record) => joined(record.postalCode, record.givenName?.sound),
  POSTAL_CODE_AND_FAMILY_NAME: (record) => joined(record.postalCode, record.familyName?.sound),
  HOUSE_AND_STREET: (record) => joined(record.houseNumber, record.street?.sound),
  HOUSE_AND_POSTAL_CODE: (record) => joined(record.houseNumber, record.postalCode),
  STREET_AND_CITY: (record) => joined(record.street?.sound, record.city?.sound),
  CITY_AND_GIVEN_NAME: (record) => joined(record.city?.sound, record.givenName?.sound),
  POSTAL_CODE_AND_BIRTH_YEAR: (record) => joined(record.postalCode, yearOf(record)),
  INITIALS_AND_BIRTH_YEAR: (record) => joined(initialsOf(record), yearOf(record)),
  CITY_AND_FAMILY_NAME: (record) => joined(record.city?.sound, record.familyName?.sound),
} as const satisfies Record<string, (record: PreparedRecord) => Text | readonly Text[]>;

export type BlockingKey = keyof typeof makers;

/** The keys of a record, each with its name in front: texts that a column `text[]` with a GIN index can hold. */
export const blockingKeysOf = (record: PreparedRecord, keys: readonly BlockingKey[]): string[] =>
  keys.flatMap((key) => {
    const texts = new Set([makers[key](record)].flat());
    return [...texts].flatMap((text) => (text === null ? [] : [`${key}:${text}`]));
  });
