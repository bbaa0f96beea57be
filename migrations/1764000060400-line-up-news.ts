import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * News is told in order per referral, and not only per record: of an offer tell its own events and those of its referral, and
 * an acceptance must not overtake the offer.
 */
export class LineUpNews1764000060400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox_event add column line uuid not null
        generated always as (coalesce((payload->>'referralId')::uuid, subject_id)) stored;
      drop index outbox_event_waiting;
      create index outbox_event_waiting on outbox_event (line, position) where delivered_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox_event drop column line;
      create index outbox_event_waiting on outbox_event (subject_id, position) where delivered_at is null;
    `);
  }
}
