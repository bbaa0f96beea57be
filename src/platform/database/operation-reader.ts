import type { Pool } from 'pg';
import type { Actor } from '../../access';
import { brokenCommit } from './broken-commit';
import { translated } from './failures';
import type { Reader } from './reader';
import { abandon, Session, type ClockOffset } from './session';
import type { Statement } from './statement';

/** Writes what must be on record before anything that was read may leave. */
export type Accounting<T> = (
  session: Session,
  asOf: Date,
) => { readonly answer: T; readonly written: Promise<unknown> };

/** What an operation reads with, and ends by. */
export interface ReadingOperation extends Reader {
  /** Resolves once the database has seen the live membership behind the actor, which the first query asks for anyway. */
  enter(): Promise<void>;
  end(): Promise<void>;
  endWith<T>(account: Accounting<T>): Promise<T>;
}

/**
 * Everything one operation reads, in one transaction: entered once, and closed with the rows that account for what was read.
 * Opened by the first query.
 */
export class OperationReader implements ReadingOperation {
  #opened: ReturnType<typeof Session.open> | undefined;
  #isClosed = false;

  constructor(
    readonly actor: Actor,
    private readonly pool: Pool,
    private readonly offset: ClockOffset,
  ) {}

  async query<Row>(statement: Statement<Row>, params: readonly unknown[] = []): Promise<Row[]> {
    // What still runs after an answer was cut short by an error must not touch a connection that has gone back.
    if (this.#isClosed) throw new Error('the operation has ended');
    this.#opened ??= Session.open(this.pool, this.actor, this.offset, 'read write');
    try {
      const { session, now } = await this.#opened;
      const answer = session.send(statement, params);
      await now;
      return await answer;
    } catch (error) {
      throw translated(error);
    }
  }

  async enter(): Promise<void> {
    this.#opened ??= Session.open(this.pool, this.actor, this.offset, 'read write');
    try {
      await (
        await this.#opened
      ).now;
    } catch (error) {
      throw translated(error);
    }
  }

  /** Ends an operation that released nothing protected; nobody need wait for it. */
  async end(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const opened = await this.#opened?.catch(() => undefined);
    if (!opened) return;
    await opened.session.commit().then(
      () => opened.session.release(false),
      () => opened.session.release(true),
    );
  }

  /** Ends the operation with a record of what it released; resolves once that is committed. */
  async endWith<T>(account: Accounting<T>): Promise<T> {
    this.#isClosed = true;
    this.#opened ??= Session.open(this.pool, this.actor, this.offset, 'read write');
    const { session, now } = await this.#opened;
    try {
      const { answer, written } = account(session, await now);
      const committed = session.commit();
      committed.catch(() => undefined);
      await written;
      if (!(await committed)) throw brokenCommit(session, this.actor, 'reading');
      session.release(false);
      return answer;
    } catch (error) {
      throw await abandon(session, error);
    }
  }
}
