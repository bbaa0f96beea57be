import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAuditOutboxIdempotency1763900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who did what to which record: ids and codes only. Written in the transaction of the act, never changed.
      create table audit_entry (
        id uuid primary key default uuidv7(),
        at timestamptz not null default app.now(),
        agency_id uuid not null,
        actor_kind text not null,
        actor_id uuid not null,
        role text not null,
        action text not null,
        subject_type text not null,
        subject_id uuid not null,
        details jsonb not null default '{}',
        request_id text
      );
      create index audit_entry_by_agency on audit_entry (agency_id, at, id);
      create index audit_entry_by_subject on audit_entry (subject_id, at);
      revoke update on audit_entry from handrail_app, handrail_worker;
      create function app.refuse_change() returns trigger language plpgsql as
        $$ begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;
      create trigger append_only before update or delete on audit_entry for each row execute function app.refuse_change();
      create trigger keep_all before truncate on audit_entry for each statement execute function app.refuse_change();
      select app.protect('audit_entry', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      -- News for whoever listens: ids only. Delivered by the worker after commit, at least once.
      create table outbox_event (
        id uuid primary key default uuidv7(),
        position bigint generated always as identity,
        at timestamptz not null default app.now(),
        agency_id uuid not null,
        name text not null,
        subject_type text not null,
        subject_id uuid not null,
        payload jsonb not null default '{}',
        delivered_at timestamptz
      );
      create index outbox_event_waiting on outbox_event (subject_id, position) where delivered_at is null;
      select app.protect('outbox_event', 'false', 'agency_id = (select app.agency())');

      create table idempotency_key (
        membership_id uuid not null,
        operation text not null,
        key text not null check (length(key) between 8 and 200),
        agency_id uuid not null,
        body_hash text not null,
        result jsonb,
        created_at timestamptz not null default app.now(),
        primary key (membership_id, operation, key)
      );
      create index idempotency_key_age on idempotency_key (created_at);
      create index outbox_event_age on outbox_event (delivered_at);
      grant delete on idempotency_key, outbox_event to handrail_worker;
      select app.protect('idempotency_key', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key, outbox_event, audit_entry');
  }
}
