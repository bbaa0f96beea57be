import { AsyncLocalStorage } from 'node:async_hooks';
import { Client } from 'pg';

/** One statement as it went to PostgreSQL, with what came back. */
export interface Sent {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
  /** How many answers of its transaction were in when it was sent: what it may have waited for. */
  readonly after: number;
  rows: readonly Record<string, unknown>[];
}
export type Transaction = Sent[];

interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}
type Send = (this: Client, query: string | Query, values?: readonly unknown[]) => Promise<{ rows: Sent['rows'] }>;

interface Open {
  readonly sent: Transaction;
  answered: number;
}

const queryOf = (query: string | Query, values: readonly unknown[] = []): Query =>
  typeof query === 'string' ? { text: query, values } : query;

/** Set while what is taken down runs: keys and news are read beside it, by a clock of their own, and are no part of it. */
const taken = new AsyncLocalStorage<true>();

/** Every transaction that `work` sends, statement by statement, as the driver is handed them. */
export const record = async (work: () => Promise<void>): Promise<Transaction[]> => {
  const transactions: Transaction[] = [];
  const open = new WeakMap<Client, Open>();
  const driver = Client.prototype as unknown as { query: Send };
  const { query: send } = driver;
  driver.query = function record(query, values) {
    if (!taken.getStore()) return send.call(this, query, values);
    const { name, text, values: given = [] } = queryOf(query, values);
    const answered = send.call(this, query, values);
    if (text.startsWith('begin')) {
      const begun = { sent: [], answered: 0 };
      open.set(this, begun);
      transactions.push(begun.sent);
    }
    const transaction = open.get(this);
    if (!transaction) return answered;
    const entry: Sent = { name, text, values: given, after: transaction.answered, rows: [] };
    transaction.sent.push(entry);
    return answered.then((result) => {
      entry.rows = result.rows;
      transaction.answered += 1;
      return result;
    });
  };
  try {
    await taken.run(true, work);
  } finally {
    driver.query = send;
  }
  return transactions;
};
