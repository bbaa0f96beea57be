import type { Pool, PoolClient, QueryResult } from 'pg';
import type { Actor } from '../../access';
import { isAborted, SignedOut, translated } from './failures';
import type { Statement } from './statement';
import { sql } from './statement';

const enter = sql<{ now: Date }>('select app.enter($1, $2, $3) as now');
const enterAnnex = sql<{ now: Date }>('select app.enter_annex($1, $2, $3, $4) as now');
const enterAsSystem = sql<{ now: Date }>('select app.enter_as_system($1, $2) as now');

/** Shifts the database’s clock for everything a transaction does. Zero outside tests. */
export abstract class ClockOffset {
  /** A PostgreSQL interval, or the empty string for none. */
  abstract interval(): string;
}

/** One connection inside one transaction, with its access context set. Statements are pipelined: sent without waiting. */
export class Session {
  #onCommit: (() => void)[] = [];
  #brokenBy: unknown;

  private constructor(private readonly client: PoolClient) {}

  /** Takes a connection and sends BEGIN and the context; `now` resolves to the database’s time. */
  static async open(pool: Pool, actor: Actor, offset: ClockOffset, mode: 'read only' | 'read write') {
    const session = new Session(await connect(pool));
    return { session, now: session.begin(actor, offset, mode) };
  }

  /** The first failure in this transaction. */
  get brokenBy(): unknown {
    return this.#brokenBy;
  }

  /** The next transaction on the same connection, once the last has ended. */
  begin(actor: Actor, offset: ClockOffset, mode: 'read only' | 'read write'): Promise<Date> {
    this.#brokenBy = undefined;
    const begun = this.simple(`begin ${mode}`);
    const entered = this.enter(actor, offset.interval());
    const now = Promise.all([begun, entered]).then(([, rows]) => rows[0]?.now ?? new Date(NaN));
    now.catch(() => undefined);
    return now;
  }

  send<Row>(statement: Statement<Row>, params: readonly unknown[] = []): Promise<Row[]> {
    const sent = this.client
      .query({ name: statement.name, text: statement.text, values: [...params] })
      .then((result: QueryResult) => result.rows as Row[]);
    // The caller awaits in its own order; a failure is kept until then instead of ending the process.
    sent.catch((error: unknown) => {
      if (!isAborted(error)) this.#brokenBy ??= error;
    });
    return sent;
  }

  /** For SQL that a library wrote. Its texts are few and do not carry values, so they are planned once like ours. */
  async sendText(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    return this.client.query({ ...sql(text), values });
  }

  /** Called once the transaction is known to be committed. */
  whenCommitted(then: () => void): void {
    this.#onCommit.push(then);
  }

  /** Resolves to whether the transaction is really committed. */
  async commit(): Promise<boolean> {
    const then = this.#onCommit;
    this.#onCommit = [];
    const isCommitted = (await this.simple('commit')).command === 'COMMIT';
    if (isCommitted) for (const one of then) one();
    return isCommitted;
  }

  rollback(): Promise<unknown> {
    this.#onCommit = [];
    return this.simple('rollback');
  }

  /** Gives the connection back; a broken one is thrown away. */
  release(isBroken: boolean): void {
    this.client.release(isBroken);
  }

  private enter({ kind, membershipId, agencyId, annexOf }: Actor, offset: string): Promise<{ now: Date }[]> {
    if (kind === 'SYSTEM') return this.send(enterAsSystem, [agencyId, offset]);
    if (annexOf !== undefined) return this.send(enterAnnex, [membershipId, annexOf, agencyId, offset]);
    return this.send(enter, [membershipId, agencyId, offset]);
  }

  private simple(text: string): Promise<QueryResult> {
    const sent = this.client.query(text);
    sent.catch(() => undefined);
    return sent;
  }
}

const connect = async (pool: Pool): Promise<PoolClient> => {
  try {
    const client = await pool.connect();
    // One that dies in use fails its own statements; the pool listens to idle ones only, and an unheard error ends the process.
    if (client.listenerCount('error') === 0) client.on('error', () => undefined);
    return client;
  } catch (error) {
    throw translated(error);
  }
};

/** Ends a failed session: rolls back where the connection still answers, else drops it. */
export const abandon = async (session: Session, error: unknown): Promise<unknown> => {
  const isHealthy = await session.rollback().then(
    () => true,
    () => false,
  );
  session.release(!isHealthy);
  const shown = translated(error);
  return shown instanceof SignedOut || isHealthy ? shown : translated(error);
};
