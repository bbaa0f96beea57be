import { Client } from 'pg';
import PgBoss from 'pg-boss';

/** One queue for all tasks: a new kind of task needs no change of the schema. */
export const TASKS = 'tasks';
/** What very many rows of a file cause. Taken up a little at a time beside the others, so that it is in nobody’s way. */
export const BULK_TASKS = 'bulk-tasks';
/** A lease of seconds: the task of a killed worker is taken up again soon. */
export const LEASE_SECONDS = 30;
/** Tasks that failed for good; readable by people, never dropped in silence. */
export const FAILED_TASKS = 'failed-tasks';
export const JOB_SCHEMA = 'pgboss';

/** Creates the job library’s schema and our queues as the owner, and lets the application write jobs. */
export const prepareQueues = async (ownerUrl: string): Promise<void> => {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOB_SCHEMA,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const name of [FAILED_TASKS, TASKS, BULK_TASKS]) {
      if ((await boss.getQueue(name)) === null) await boss.createQueue(name, { name });
    }
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
  const owner = new Client({ connectionString: ownerUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    await owner.query(`
      grant usage on schema ${JOB_SCHEMA} to handrail_app, handrail_worker;
      grant select on ${JOB_SCHEMA}.queue to handrail_app;
      -- Written by anybody’s command, read by the worker: tasks carry ids of all agencies.
      revoke select on ${JOB_SCHEMA}.job from handrail_app;
      grant insert on ${JOB_SCHEMA}.job to handrail_app;
      grant select, insert, update, delete on all tables in schema ${JOB_SCHEMA} to handrail_worker`);
  } finally {
    await owner.end();
  }
};
