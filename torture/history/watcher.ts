import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { DatabaseServer } from '../stage/database-server';
import type { Recorder } from './recorder';

const EVERY_MS = 40;

/** One statement, one moment: what is out of bounds in it was so for everybody. */
const breaches = `
  select b.id as "poolId", 'staffed ' || b.staffed || ', occupied ' || b.occupied || ', held ' || b.held || ', kept ' || count(h.id) as what
  from bed_pool b left join hold h on h.pool_id = b.id and h.state = 'ACTIVE' group by b.id
  having b.held < 0 or b.occupied < 0 or b.held + b.occupied > b.staffed or count(h.id) <> b.held`;

/** Looks at all pools from outside, over and over, for as long as the run lasts. */
export class Watcher {
  #isOver = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: DatabaseServer,
    private readonly recorder: Recorder,
  ) {}

  start(): void {
    this.#loop = this.#watch();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#loop;
  }

  async #watch(): Promise<void> {
    let client: Client | null = null;
    while (!this.#isOver) {
      try {
        client ??= await this.#connect();
        const { rows } = await client.query<{ poolId: string; what: string }>(breaches);
        this.recorder.sample(rows);
      } catch {
        // The server is away, or somebody sits on the table: there is nothing to see.
        await client?.end().catch(() => undefined);
        client = null;
      }
      await pause(EVERY_MS);
    }
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<Client> {
    const client = await this.database.connect('watcher');
    await client.query(`set lock_timeout = '500ms'; set statement_timeout = '2s'`);
    return client;
  }
}
