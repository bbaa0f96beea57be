import { Injectable } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { JobWriter } from '../database/flusher';
import type { Job } from '../database/tx';
import { BULK_TASKS, FAILED_TASKS, JOB_SCHEMA, LEASE_SECONDS, TASKS } from './prepare-queues';

const unreachable = { executeSql: () => Promise.reject(new Error('jobs are written inside a transaction only')) };

/** Writes jobs through pg-boss on the transaction’s own connection. */
@Injectable()
export class PgBossJobWriter extends JobWriter {
  readonly #boss = new PgBoss({ schema: JOB_SCHEMA, db: unreachable });

  async write(
    jobs: readonly Job[],
    executeSql: (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>,
    isBulk: boolean,
  ): Promise<void> {
    const rows = jobs.map(({ name, data, startAt }) => ({
      name: isBulk ? BULK_TASKS : TASKS,
      data: { task: name, ...data },
      ...(startAt && { startAfter: startAt.toISOString() as unknown as Date }),
      expireInSeconds: LEASE_SECONDS,
      retryLimit: 8,
      retryDelay: 1,
      retryBackoff: true,
      deadLetter: FAILED_TASKS,
    }));
    await this.#boss.insert(rows, { db: { executeSql } });
  }
}
