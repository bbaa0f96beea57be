import { Injectable } from '@nestjs/common';
import { mayRead } from '../../access';
import type { Reader } from '../../platform/database/reader';
import { shownPageOf, type Connection, type ConnectionArgs } from '../../platform/graphql';
import { CoordinatorQueueStore, type QueueRow } from './coordinator-queue.store';

/** What needs a human, for the team that coordinates. */
@Injectable()
export class CoordinatorQueueService {
  constructor(private readonly store: CoordinatorQueueStore) {}

  page(reader: Reader, args: ConnectionArgs): Promise<Connection<QueueRow>> {
    // One whose referral withholds where it stands is not in the queue, neither as null fields nor as a count.
    return shownPageOf(args, {
      read: (limit, after) => this.store.page(reader, limit, after),
      isShown: (row) => mayRead(reader.actor, 'QueueItem', 'id', row),
      at: ({ id, keyText }) => ({ id, createdAt: keyText }),
    });
  }
}
