import { Injectable } from '@nestjs/common';
import { mayRead } from '../../access';
import type { Reader } from '../../platform/database/reader';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../../platform/graphql';
import { CoordinatorQueueStore, type QueueRow } from './coordinator-queue.store';

/** What needs a human, for the team that coordinates. */
@Injectable()
export class CoordinatorQueueService {
  constructor(private readonly store: CoordinatorQueueStore) {}

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<QueueRow>> {
    const rows = await this.store.page(reader, args.first, keysetOf(args));
    const all = pageOf(rows, args, ({ id, keyText }) => ({ id, createdAt: keyText }));
    // One whose referral withholds where it stands is not in the queue, neither as null fields nor as a count.
    const edges = all.edges.filter(({ node }) => mayRead(reader.actor, 'QueueItem', 'id', node));
    return { ...all, edges, nodes: edges.map(({ node }) => node) };
  }
}
