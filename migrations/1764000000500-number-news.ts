import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives every committed event a place in one line that readers can follow without gaps. `position` will not do: it is taken
 * before COMMIT, so a later one may become visible first. `fed` is given after COMMIT, by one worker at a time.
 */
export class NumberNews1764000000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox_event add column fed bigint;
      create sequence outbox_feed;
      create index outbox_event_unfed on outbox_event (position) where fed is null;
      create unique index outbox_event_fed on outbox_event (fed) where fed is not null;

      -- Which of these memberships still let their member in.
      create function app.live_memberships(p_memberships uuid[]) returns setof uuid language sql stable as $$
        select m.id from membership m join agency g on g.id = m.agency_id
        where m.id = any(p_memberships) and m.ended_at is null and g.is_active
      $$;
      revoke all on function app.live_memberships(uuid[]) from public;
      grant execute on function app.live_memberships(uuid[]) to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.live_memberships(uuid[]);
      drop index outbox_event_fed, outbox_event_unfed;
      alter table outbox_event drop column fed;
      drop sequence outbox_feed;
    `);
  }
}
