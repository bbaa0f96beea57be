import { Injectable } from '@nestjs/common';
import type { SystemTx } from '../platform/database/tx';

/** Looks at these events, as they stand now or have ended; called again for the same ones. */
export type EventFollower = (tx: SystemTx, eventIds: readonly string[]) => Promise<void>;

/**
 * Rooms above that must not lag behind events by a single commit: whatever writes events calls them in its own transaction, and
 * fails with them. For news that may come a moment later there is the outbox.
 */
@Injectable()
export class EventFollowers {
  readonly #followers: EventFollower[] = [];

  register(follower: EventFollower): void {
    this.#followers.push(follower);
  }

  async follow(tx: SystemTx, eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    for (const follower of this.#followers) await follower(tx, eventIds);
  }
}
