import type { Pool } from 'pg';
import type { Actor } from '../../access';
import { abandon, Session, type ClockOffset } from './session';
import type { Statement } from './statement';

/** Who is asking, and a way to ask. Stores that only read take this. */
export interface Reader {
  readonly actor: Actor;
  query<Row>(statement: Statement<Row>, params?: readonly unknown[]): Promise<Row[]>;
}

/** Every query is a read-only transaction of its own under the actor’s context, sent in one round trip. */
export class PooledReader implements Reader {
  constructor(
    readonly actor: Actor,
    private readonly pool: Pool,
    private readonly offset: ClockOffset,
  ) {}

  async query<Row>(statement: Statement<Row>, params: readonly unknown[] = []): Promise<Row[]> {
    const { session, now } = await Session.open(this.pool, this.actor, this.offset, 'read only');
    const answer = session.send(statement, params);
    const committed = session.commit();
    committed.catch(() => undefined);
    try {
      await now;
      const rows = await answer;
      // The reader need not wait for the end of a transaction that wrote nothing.
      void committed.then(
        () => session.release(false),
        () => session.release(true),
      );
      return rows;
    } catch (error) {
      throw await abandon(session, error);
    }
  }
}
