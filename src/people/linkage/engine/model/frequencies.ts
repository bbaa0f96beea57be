import type { LinkageModel } from './linkage-model';
import { linkageFields, type LinkageField } from '../linkage-record';
import { valueOf, type PreparedRecord } from '../prepared-record';

/** Records of one person come in whole numbers and their average does not: up to half a record more is still nobody else’s. */
const BESIDES_ONE = 1.5;

/** How common each value of each field is: to share a rare name says more than to share a common one. */
export class Frequencies {
  private readonly fields = Object.fromEntries(
    linkageFields.map((field) => [field, { counts: new Map<string, number>(), total: 0 }]),
  ) as Record<LinkageField, { counts: Map<string, number>; total: number }>;

  constructor(records: Iterable<PreparedRecord> = []) {
    for (const record of records) this.count(record);
  }

  count(record: PreparedRecord): void {
    for (const field of linkageFields) {
      const value = valueOf(record, field);
      if (value === null) continue;
      const seen = this.fields[field];
      seen.counts.set(value, (seen.counts.get(value) ?? 0) + 1);
      seen.total += 1;
    }
  }

  /**
   * Share of the records with a value in this field that have this one and belong to somebody else, when a person stands in them
   * `recordsPerPerson` times. A value nobody else has is as common as one record at most, or as values of this field are on average.
   */
  shareOf(
    field: LinkageField,
    value: string,
    { recordsPerPerson, rates }: Pick<LinkageModel, 'recordsPerPerson' | 'rates'>,
  ): number {
    const { counts, total: known } = this.fields[field];
    const others = (counts.get(value) ?? 1) - (recordsPerPerson - 1);
    const total = Math.max(1, known);
    return others > BESIDES_ONE ? others / total : Math.min(1 / total, rates[field].u[0] as number);
  }
}
