import { linkageFields, type LinkageField, type LinkageRecord } from './linkage-record';
import type { LinkageWords } from './linkage-words';
import { compact, digitsOf } from './text/fold';
import { settleAddress } from './values/address-line';
import { birthDate, type BirthDate } from './values/birth-date';
import { email, phoneDigits, sexCode, type Email } from './values/contact';
import { joinedSuffix } from './values/name-suffix';
import { nameWords, streetWords, type StreetWords, type Words } from './values/words';

/** A record with every field read once: what comparing, blocking and counting work on. `null` is missing. */
export interface PreparedRecord {
  readonly givenName: Words | null;
  readonly familyName: Words | null;
  readonly birthDate: BirthDate | null;
  readonly sex: string | null;
  readonly phone: string | null;
  readonly email: Email | null;
  readonly houseNumber: string | null;
  readonly street: Words | null;
  readonly city: Words | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  /** `jr` or `iii`, of whichever name it was written behind. No field of its own in what is told: it is read out of the names. */
  readonly nameSuffix: string | null;
}

/** The text by which two values of a field are the same value; `null` when missing. */
export const valueOf = (record: PreparedRecord, field: LinkageField): string | null => {
  const value = record[field];
  if (value === null || typeof value === 'string') return value;
  return 'digits' in value ? value.digits : value.text;
};

/** All that a record says, as one text: equal records have the same. */
export const contentOf = (record: PreparedRecord): string =>
  [...linkageFields.map((field) => valueOf(record, field) ?? ''), record.nameSuffix ?? ''].join('\u0001');

const ZIP_PLUS_FOUR = 9;

const postal = (text: string): string => {
  const digits = digitsOf(text);
  return digits.length === ZIP_PLUS_FOUR ? digits.slice(0, 5) : compact(text);
};

const read = <Value>(text: string | null | undefined, reader: (text: string) => Value | null): Value | null => {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : reader(trimmed);
};

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Reads records; only what one reader has read can be compared. Equal names share one prepared object, so that their likeness is worked out once. */
export class RecordReader {
  private readonly names = new Map<string, Words | null>();
  private readonly streets = new Map<string, Words | null>();
  private readonly aliases = new Map<string, number[]>();
  private readonly streetWords: StreetWords;
  private readonly states: ReadonlyMap<string, string>;
  private lastId = 0;

  constructor({ nicknames, spelledOut, streetTypes, states }: LinkageWords) {
    this.streetWords = { spelledOut: new Map(Object.entries(spelledOut)), types: new Set(streetTypes) };
    this.states = new Map(Object.entries(states));
    nicknames.forEach((row, group) => {
      for (const name of row) this.aliases.set(name, [...(this.aliases.get(name) ?? []), group]);
    });
  }

  read(record: LinkageRecord): PreparedRecord {
    const { houseNumber, street, city, state, postalCode } = settleAddress(record);
    const [givenName, familyName] = [record.givenName, record.familyName].map((name) =>
      read(name, (text) => this.name(text)),
    ) as [Words | null, Words | null];
    return {
      givenName,
      familyName,
      birthDate: read(record.birthDate, birthDate),
      sex: read(record.sex, sexCode),
      phone: read(record.phone, phoneDigits),
      email: read(record.email, email),
      houseNumber: read(houseNumber, (text) => orNull(compact(text))),
      street: read(street, (text) => this.street(text)),
      city: read(city, (text) => this.name(text)),
      state: read(state, (text) => this.state(compact(text))),
      postalCode: read(postalCode, (text) => orNull(postal(text))),
      nameSuffix: joinedSuffix([givenName?.suffix ?? null, familyName?.suffix ?? null]),
    };
  }

  private state(name: string): string | null {
    return this.states.get(name) ?? orNull(name);
  }

  private name(text: string): Words | null {
    const id = this.lastId + 1;
    return this.known(this.names, text, () => nameWords(text, id, (name) => this.aliases.get(name) ?? []));
  }

  private street(text: string): Words | null {
    const id = this.lastId + 1;
    return this.known(this.streets, text, () => streetWords(text, id, this.streetWords));
  }

  private known(words: Map<string, Words | null>, text: string, make: () => Words | null): Words | null {
    const known = words.get(text);
    if (known !== undefined) return known;
    this.lastId += 1;
    const made = make();
    words.set(text, made);
    return made;
  }
}
