import { randomBytes } from 'node:crypto';
import { AuditKeys, type AuditKey } from '../../src/platform/audit/audit-keys';
import { AuditJournal } from '../../src/platform/audit/audit-journal';
import { AuditWriter } from '../../src/platform/audit/audit-writer';
import { Flusher } from '../../src/platform/database/flusher';
import { Pools } from '../../src/platform/database/pools';
import { ClockOffset } from '../../src/platform/database/session';
import { UnitOfWork } from '../../src/platform/database/unit-of-work';
import { PgBossJobWriter } from '../../src/platform/jobs/pg-boss-job-writer';
import { createDatabase, type TestDatabase } from './database';

/** The database’s clock, moved by a test. */
export class DrivenClock extends ClockOffset {
  #minutes = 0;

  advance(minutes: number): void {
    this.#minutes += minutes;
  }

  /** At this instant now, however long the machine took to come here: for a test at a boundary. */
  advanceTo(instant: Date): void {
    this.#minutes = (instant.getTime() - Date.now()) / 60_000;
  }

  interval(): string {
    return `${this.#minutes.toFixed(6)} minutes`;
  }

  /** As the database would say. */
  now(): Date {
    return new Date(Date.now() + this.#minutes * 60_000);
  }
}

/** A unit of work on a database of its own, without the rest of the application. */
export class TestUnitOfWork {
  private constructor(
    readonly database: TestDatabase,
    private readonly pools: Pools,
    readonly clock: DrivenClock,
    readonly unitOfWork: UnitOfWork,
    /** A throw-away key: what signed the trail of this database, and verifies it. */
    readonly auditKey: AuditKey,
    readonly journal: AuditJournal,
  ) {}

  get auditKeys(): AuditKeys {
    return new AuditKeys([this.auditKey]);
  }

  /** `journal`: the folder that it notes in what it has committed; null: none. */
  static async open(poolSize = 10, journal: string | null = null): Promise<TestUnitOfWork> {
    const key = { id: 'test', secret: randomBytes(32) };
    return TestUnitOfWork.on(await createDatabase(), poolSize, key, journal);
  }

  private static async on(database: TestDatabase, poolSize: number, key: AuditKey, folder: string | null) {
    const { appUrl: app, commandUrl: commands } = database;
    const pools = await Pools.open({ app, commands }, { poolSize, waitMs: 60_000 });
    const clock = new DrivenClock();
    const journal = new AuditJournal(folder);
    const audit = new AuditWriter(new AuditKeys([key]), journal);
    const unitOfWork = new UnitOfWork(pools, new Flusher(new PgBossJobWriter(), audit), clock, audit);
    return new TestUnitOfWork(database, pools, clock, unitOfWork, key, journal);
  }

  /** As another process would work on the same database; `leave` it before this one is closed. */
  beside(journal: string | null): Promise<TestUnitOfWork> {
    return TestUnitOfWork.on(this.database, 2, this.auditKey, journal);
  }

  leave(): Promise<void> {
    return this.pools.close();
  }

  async close(): Promise<void> {
    await this.pools.close();
    await this.database.drop();
  }
}
