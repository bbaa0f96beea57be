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
   * `recordsPerPerson` times. Never less than one record’s share.
   */
  shareOf(field: LinkageField, value: string, recordsPerPerson: number): number {
    const seen = this.counts.get(field)?.get(value) ?? 1;
    const others = Math.max(1, seen - (recordsPerPerson - 1));
    return others / Math.max(1, this.totals.get(field) ?? 0, others);
  }

  private count(field: LinkageField, value: string | null): void {
    const counts = this.counts.get(field);
    if (value === null || counts === undefined) return;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    this.totals.set(field, (this.totals.get(field) ?? 0) + 1);
  }
}
