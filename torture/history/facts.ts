import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from '../stage/stage';
import type { Change, Entry, Facts } from './history';
import { STOP_OBSERVING, WATCHED } from './observer';

const AUDIT_VERIFY = join(__dirname, '..', '..', 'src', 'cli', 'audit-verify.js');
/** A lease, the look that finds it has run out, and the work. */
const DRAIN_MS = 60_000;

/** What a healthy system has none of once nobody asks and everything due is done. */
const leftovers = `
  select 'an event that nobody delivered' as what, id::text from outbox_event where delivered_at is null
  union all select 'an event that no line has', id::text from outbox_event where fed is null
  union all select 'a task that is due or taken', id::text from pgboss.job
    where name in ('tasks', 'bulk-tasks') and state < 'completed' and start_after <= now()
  union all select 'a task that failed for good', id::text from pgboss.job where name = 'failed-tasks'
  union all select 'a county that nobody judged', id::text from spike_cause
  union all select 'an offer past its time', id::text from offer where state in ('PENDING', 'ACKNOWLEDGED') and decide_by < now() - interval '1 second'
  union all select 'a hold past its end', id::text from hold where state = 'ACTIVE' and ends_at < now() - interval '1 second'
  union all select 'a webhook that was not sent', id::text from webhook_delivery where state = 'WAITING'
  union all select 'a webhook given up', id::text from webhook_delivery where state = 'DEAD'
  union all select 'news of an offer that no webhook tells', e.id::text from outbox_event e where e.subject_type = 'Offer'
    and e.delivered_at is not null and not exists (select 1 from webhook_delivery d where d.event_id = e.id)
  union all select 'a key without an answer', key from idempotency_key where result is null`;

/** What nobody may hold when nobody is at work. */
const locks = `
  select 'a lock of a session that does nothing' as what, a.pid::text as id from pg_stat_activity a
  where a.usename in ('handrail_api', 'handrail_commands') and a.state like 'idle in transaction%' and a.state_change < now() - interval '1 second'
  union all select 'an advisory lock', a.pid::text from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'advisory' and a.state = 'idle'`;

/** A receiver that refused is tried again after minutes; nobody waits for that here. */
const HURRY = `update webhook_delivery set next_attempt_at = now() where state = 'WAITING' and next_attempt_at > now()`;
/** By the position of the event: the order in which it must come. */
const webhooks = `select id, state, subject_id as "subjectId" from webhook_delivery order by position`;

/** Until nothing is left to do, or for as long as that may take; answers what is left. */
const drain = async ({ database, startMs }: Stage): Promise<Facts['leftovers']> => {
  let left: { what: string; id: string }[] = [];
  for (const until = performance.now() + DRAIN_MS + 3 * startMs; performance.now() < until;) {
    await pause(200);
    await database.ask(HURRY);
    left = [
      ...(await database.ask<{ what: string; id: string }>(leftovers)),
      ...(await database.ask<{ what: string; id: string }>(locks)),
    ];
    if (left.length === 0) return [];
  }
  return left;
};

const verifyTrail = ({ environment, database }: Stage): Promise<string | null> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...environment(database.port) };
    execFile(process.execPath, [AUDIT_VERIFY], { env }, (error, stdout, stderr) => {
      resolve(error ? `${stdout}${stderr}`.trim().slice(0, 2_000) : null);
    });
  });

const changes = `
  select seq::int as seq, extract(epoch from began)::float8 * 1000 as began, extract(epoch from at)::float8 * 1000 as at,
    extract(epoch from pg_xact_commit_timestamp(xid::xid))::float8 * 1000 as committed, xid::text as xid, "table", id::text as id, before, after from torture.change order by seq`;
const entries = `
  select xid::text as xid, action, kind, subject_id::text as "subjectId", request_id as "requestId" from audit_entry order by position`;

/** The rows as they stand, in the columns that are watched. */
const rows = Object.entries(WATCHED)
  .map(
    ([table, names]) =>
      `select '${table}' as "table", id::text as id, torture.pick(to_jsonb(t), array[${names.map((name) => `'${name}'`).join(', ')}]) as "row" from ${table} t`,
  )
  .join(' union all ');

/** Everything the checker needs to know of the database, once it has come to rest. */
export const gather = async (stage: Stage): Promise<Facts> => {
  const left = await drain(stage);
  const seen = {
    leftovers: left,
    changes: await stage.database.ask<Change>(changes),
    entries: await stage.database.ask<Entry>(entries),
    rows: await stage.database.ask<Facts['rows'][number]>(rows),
    webhooks: await stage.database.ask<Facts['webhooks'][number]>(webhooks),
    taken: stage.receiver.taken,
  };
  await stage.database.ask(STOP_OBSERVING);
  return { ...seen, trail: await verifyTrail(stage) };
};
