import type { LinkageField } from '../linkage-record';
import type { LinkageModel } from '../model/linkage-model';
import { valueOf, type PreparedRecord } from '../prepared-record';

/** A value of a record that says the more the rarer it is, and the key under which a register counts who has it. */
export interface Term {
  readonly field: LinkageField;
  readonly value: string;
  readonly key: string;
}

const PHONE_DIGITS = 7;

/** Names are counted under keys of their own; birth dates and telephones under the keys that find candidates. */
const counting = new Map<LinkageField, (value: string) => string>([
  ['givenName', (value) => `GIVEN_NAME:${value}`],
  ['familyName', (value) => `FAMILY_NAME:${value}`],
  ['birthDate', (value) => `BIRTH_DATE:${value}`],
  ['phone', (value) => `PHONE:${value.slice(-PHONE_DIGITS)}`],
]);

export const termsOf = (record: PreparedRecord): Term[] => {
  return [...counting].flatMap(([field, keyOf]) => {
    const value = valueOf(record, field);
    return value === null ? [] : [{ field, value, key: keyOf(value) }];
  });
};

/** How common values are in a register that was counted beforehand, as far as anybody asked. */
export class RegisterShares {
  private readonly counts: ReadonlyMap<string, number>;

  /** `people`: how many the register is taken to have. */
  constructor(
    private readonly people: number,
    counted: readonly (Term & { readonly people: number })[],
  ) {
    this.counts = new Map(counted.map(({ field, value, people: count }) => [`${field}:${value}`, count]));
  }

  /**
   * A value that nobody else has is as common as one record, or as values of its field are on average; so is one that nobody asked
   * for. In a field that nobody counts all values are average.
   */
  shareOf(field: LinkageField, value: string, { rates }: Pick<LinkageModel, 'rates'>): number {
    const average = rates[field].u[0] as number;
    if (!counting.has(field)) return average;
    const count = this.counts.get(`${field}:${value}`) ?? 0;
    return count > 1 ? Math.min(1, count / this.people) : Math.min(1 / this.people, average);
  }
}
