import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Reader } from '../database/reader';
import type { Statement } from '../database/statement';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { brokenPromises, faults } from '../health/metrics';
import { Tasks } from './tasks';
import { tryEach } from './try-each';

/** Something that can never be so while everything is right. */
export interface SelfCheck {
  /** Label of the metric and word in the log: `pool-counters`. */
  readonly name: string;
  /** Ids of what breaks it now, at most `limit`; one statement, so that it sees one moment. */
  find(reader: Reader, limit: number): Promise<readonly string[]>;
}

export interface Found {
  readonly id: string;
}

/** A check that one statement makes: it takes the limit and answers ids. */
export const checkBy = (name: string, statement: Statement<Found>): SelfCheck => ({
  name,
  find: async (reader, limit) => (await reader.query(statement, [limit])).map(({ id }) => id),
});

/** As many ids as one line of the log names. */
const NAMED = 10;
const EVERY_MS = 60_000;

/**
 * Looks once a minute whether the promises hold that code and constraints are there to keep. It mends nothing and stops
 * nothing: what it finds is a fault to be looked into, told by metric and log. Rooms register their checks when their module starts.
 */
@Injectable()
export class SelfChecks implements OnModuleInit {
  readonly #log = new Logger(SelfChecks.name);
  readonly #checks: SelfCheck[] = [];
  #dueAt = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(async () => {
      if (performance.now() < this.#dueAt) return;
      this.#dueAt = performance.now() + EVERY_MS;
      await this.run();
    });
  }

  register(check: SelfCheck): void {
    this.#checks.push(check);
    brokenPromises.set({ check: check.name }, 0);
  }

  async run(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await tryEach(this.#checks, async (check) => {
      const { name } = check;
      const ids = await check.find(reader, NAMED);
      brokenPromises.set({ check: name }, ids.length);
      if (ids.length === 0) return;
      faults.inc();
      this.#log.error({ check: name, ids, msg: 'a promise is broken' });
    });
  }
}
