import type { LinkageField } from '../linkage-record';
import type { LinkageModel } from '../model/linkage-model';
import type { LinkagePolicy } from '../policy';
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

/** What a register tells of itself before it is searched. */
export interface Register {
  readonly people: number;
  readonly counted: readonly (Term & { readonly people: number })[];
}

/** Whose values are as common as their owners’ parents like them; dates and telephones are spread evenly. */
const NAMES: ReadonlySet<LinkageField> = new Set(['givenName', 'familyName']);

/** How common values are in a register that was counted beforehand, as far as anybody asked. */
export class RegisterShares {
  private readonly counts: ReadonlyMap<string, number>;

  constructor(
    private readonly register: Register,
    private readonly lookup: Pick<LinkagePolicy['lookup'], 'leastPeople' | 'averagePeople'>,
  ) {
    this.counts = new Map(register.counted.map(({ field, value, people }) => [`${field}:${value}`, people]));
  }

  /**
   * A name is as common as names are on average until a register is large enough to say otherwise: that few on file have it is no
   * sign of few in the county. A date or number that nobody else has is as common as one record of a county, or as values of its field
   * are on average. In a field that nobody counts all values are average.
   */
  shareOf(field: LinkageField, value: string, { rates }: Pick<LinkageModel, 'rates'>): number {
    const average = rates[field].u[0] as number;
    if (!counting.has(field)) return average;
    const { leastPeople, averagePeople } = this.lookup;
    const count = this.counts.get(`${field}:${value}`) ?? 0;
    if (NAMES.has(field)) {
      return Math.min(1, (Math.max(1, count) + averagePeople * average) / (this.register.people + averagePeople));
    }
    const people = Math.max(this.register.people, leastPeople);
    return count > 1 ? Math.min(1, count / people) : Math.min(1 / people, average);
  }
}
