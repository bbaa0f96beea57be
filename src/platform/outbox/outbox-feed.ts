import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../database/statement';
import { NO_AGENCY } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { Tasks } from '../jobs/tasks';

/** What listeners hear on this channel says only that there is something to read. */
export const FEED_CHANNEL = 'handrail_feed';
const BATCH = 500;

// Held to the end of the transaction: numbers become visible in their order, whoever gives them.
// Turn, line and COMMIT leave together. A worker that stands still, or whose line dies, between the one and the other would keep
// the turn, and with it all news of everybody, until the server ends its session.
const takeTurn = sql('select pg_advisory_xact_lock(7233100519)');
const feed = sql<{ fed: number }>(
  // eslint-disable-next-line no-restricted-syntax -- The worker’s own transaction, with nothing in it but the line.
  `with waiting as materialized (select id from outbox_event where fed is null order by position limit ${BATCH}),
     numbered as materialized (select id, nextval('outbox_feed') as fed from waiting),
     fed as (update outbox_event e set fed = n.fed from numbered n where e.id = n.id returning e.fed)
   select count(*)::int as fed, pg_notify('${FEED_CHANNEL}', max(fed)::text) from fed having count(*) > 0`,
);

/**
 * Puts committed events into the line that every API process follows, and wakes them. It runs in the worker, after the commands:
 * NOTIFY takes a lock on the whole server at COMMIT, which no command should wait for.
 */
@Injectable()
export class OutboxFeed implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.registerTail(() => this.advance());
  }

  /** Until nothing waits. Where there is news there are tasks that deliver it. */
  async advance(): Promise<void> {
    for (let count = BATCH; count === BATCH;) {
      count = await this.advanceOnce();
      if (count > 0) this.tasks.wakeUp.call();
    }
  }

  private async advanceOnce(): Promise<number> {
    let answer: Promise<readonly { readonly fed: number }[]> = Promise.resolve([]);
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'feed', isHousekeeping: true }, (tx) => {
      tx.post(takeTurn);
      answer = tx.send(feed);
      return Promise.resolve({ id: NO_AGENCY });
    });
    return (await answer)[0]?.fed ?? 0;
  }
}
