import type { Change, Entry, Facts, Row } from '../history/history';

/** Between two rows that are written, milliseconds. */
const APART_MS = 10_000;

export const event = (position: number, deliveredAt: string | null = null) => ({
  name: 'referral.accepted',
  position,
  subject_id: 'referral',
  delivered_at: deliveredAt,
});

/** Builds what an honest database would have written down, step by step. */
export class Book {
  readonly changes: Omit<Change, 'began' | 'committed'>[] = [];
  readonly entries: Entry[] = [];
  readonly #rows = new Map<string, { table: string; id: string; row: Row }>();

  write(xid: string, table: string, id: string, after: Row | null): this {
    const key = `${table} ${id}`;
    const before = this.#rows.get(key)?.row ?? null;
    const seq = this.changes.length + 1;
    this.changes.push({ seq, at: seq * APART_MS, xid, table, id, before, after });
    if (after && table !== 'job') this.#rows.set(key, { table, id, row: after });
    else this.#rows.delete(key);
    return this;
  }

  say(xid: string, action: string, subjectId: string, requestId: string | null = null): this {
    this.entries.push({ xid, action, kind: 'COMMAND', subjectId, requestId });
    return this;
  }

  tell(xid: string, id: string, position: number): this {
    return this.write(xid, 'outbox_event', id, event(position)).write(xid, 'job', id, {});
  }

  facts(changes: Partial<Facts> = {}): Facts {
    return {
      changes: this.changes.map((one) => this.#timed(one)),
      entries: this.entries,
      rows: [...this.#rows.values()],
      leftovers: [],
      webhooks: [],
      taken: [],
      trail: null,
      ...changes,
    };
  }

  /** A transaction begins just before its first row and ends with its last. */
  #timed(change: Omit<Change, 'began' | 'committed'>): Change {
    const times = this.changes.filter(({ xid }) => xid === change.xid).map(({ at }) => at);
    return { ...change, began: Math.min(...times) - 1, committed: Math.max(...times) };
  }
}
