import type { LinkageModel } from './linkage-model';
import { linkageFields, type LinkageField } from '../linkage-record';
import { valueOf, type PreparedRecord } from '../prepared-record';

/** How common each value of each field is: to share a rare name says more than to share a common one. */
export class Frequencies {
  private readonly counts = new Map<LinkageField, Map<string, number>>();
  private readonly totals = new Map<LinkageField, number>();

  constructor(records: Iterable<PreparedRecord>) {
    for (const field of linkageFields) this.counts.set(field, new Map());
    for (const record of records) {
      for (const field of linkageFields) this.count(field, valueOf(record, field));
    }
  }

  /**
   * Share of the records with a value in this field that have this one and belong to somebody else, when a person stands in them
   * `recordsPerPerson` times. A value nobody else has is as common as one record at most, or as values of this field are on average.
   */
  shareOf(field: LinkageField, value: string, { recordsPerPerson, rates }: Pick<LinkageModel, 'recordsPerPerson' | 'rates'>): number {
    const seen = this.counts.get(field)?.get(value) ?? 1;
    const others = seen - (recordsPerPerson - 1);
    const total = Math.max(1, this.totals.get(field) ?? 0, others);
    return others > 1 ? others / total : Math.min(1 / total, rates[field].u[0] as number);
  }

  private count(field: LinkageField, value: string | null): void {
    const counts = this.counts.get(field);
    if (value === null || counts === undefined) return;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    this.totals.set(field, (this.totals.get(field) ?? 0) + 1);
  }
}
