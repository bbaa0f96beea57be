import { Injectable } from '@nestjs/common';
import { sql } from '../database/statement';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { liveConnections } from '../health/metrics';
import type { Connection } from './connection';
import { LIMITS } from './live-settings';

const liveMemberships = sql<{ id: string }>('select app.live_memberships($1::uuid[]) as id');

/** All connections of this process: that there are not too many, that each is alive, and that each may still be there. */
@Injectable()
export class Connections {
  readonly #open = new Set<Connection>();
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(private readonly unitOfWork: UnitOfWork) {}

  get count(): number {
    return this.#open.size;
  }

  start(): void {
    this.#timers.push(
      setInterval(() => {
        for (const connection of this.#open) connection.beat();
      }, LIMITS.beatMs).unref(),
      setInterval(() => {
        // A database that is away is asked again at the next turn.
        this.check().catch(() => undefined);
      }, LIMITS.checkMs).unref(),
    );
  }

  add(connection: Connection): void {
    this.#open.add(connection);
    liveConnections.set(this.#open.size);
  }

  remove(connection: Connection): void {
    this.#open.delete(connection);
    liveConnections.set(this.#open.size);
  }

  ofActor(actorId: string): number {
    let count = 0;
    for (const { actor } of this.#open) if (actor?.id === actorId) count += 1;
    return count;
  }

  /** Closes whoever’s membership, or agency, is no longer active. Throws when the database cannot tell. */
  async check(): Promise<void> {
    const asked = [...this.#open].flatMap((connection) =>
      connection.actor ? [{ connection, membershipId: connection.actor.membershipId }] : [],
    );
    if (asked.length === 0) return;
    const live = await this.#live(asked.map(({ membershipId }) => membershipId));
    for (const { connection, membershipId } of asked) if (!live.has(membershipId)) connection.close('signedOut');
  }

  async isLive(membershipId: string): Promise<boolean> {
    return (await this.#live([membershipId])).has(membershipId);
  }

  async #live(membershipIds: readonly string[]): Promise<ReadonlySet<string>> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const rows = await reader.query(liveMemberships, [[...new Set(membershipIds)]]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Resolves when all are gone; those that do not answer are cut. */
  async closeAll(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const connection of this.#open) connection.close('goingAway');
    const deadline = Date.now() + 2 * LIMITS.farewellMs;
    while (this.#open.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
