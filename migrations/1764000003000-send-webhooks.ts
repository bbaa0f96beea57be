import type { MigrationInterface, QueryRunner } from 'typeorm';

/** News for partner systems: where it goes, what waits, and what each was last shown. */
export class SendWebhooks1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhook_endpoint (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        -- The partner system as which everything sent is read.
        membership_id uuid not null references membership,
        url text not null check (length(url) between 8 and 500),
        kinds text[] not null check (cardinality(kinds) between 1 and 20),
        state text not null check (state in ('ACTIVE','PAUSED','DISABLED','DELETED')),
        secret_sealed bytea not null check (octet_length(secret_sealed) >= 45),
        previous_secret_sealed bytea check (octet_length(previous_secret_sealed) >= 45),
        previous_secret_until timestamptz,
        -- From here on it is known what the agency has been shown; null: not looked yet, and nothing is sent.
        begun_at timestamptz,
        failing_since timestamptz,
        disabled_why text,
        created_at timestamptz(3) not null default app.now(),
        created_by uuid not null,
        check ((previous_secret_sealed is null) = (previous_secret_until is null)),
        check ((state = 'DISABLED') = (disabled_why is not null))
      );
      create index webhook_endpoint_by_agency on webhook_endpoint (agency_id, created_at, id);
      create index webhook_endpoint_by_membership on webhook_endpoint (membership_id);
      select app.protect('webhook_endpoint', 'agency_id = (select app.agency())', null);
      revoke insert, update on webhook_endpoint from handrail_app;

      create table webhook_delivery (
        id uuid primary key default uuidv7(),
        endpoint_id uuid not null references webhook_endpoint,
        agency_id uuid not null references agency,
        kind text not null,
        -- Null: a test.
        subject_id uuid,
        event_id uuid,
        -- Of the event in the outbox: the order within a subject.
        position bigint not null default 0,
        state text not null check (state in ('WAITING','DELIVERED','SKIPPED','DEAD')),
        created_at timestamptz(3) not null default app.now(),
        attempts integer not null default 0 check (attempts >= 0),
        first_attempt_at timestamptz,
        next_attempt_at timestamptz,
        leased_until timestamptz,
        ended_at timestamptz,
        last_code text,
        last_status integer,
        check ((state = 'WAITING') = (next_attempt_at is not null)),
        check ((state = 'WAITING') = (ended_at is null))
      ) with (fillfactor = 80);
      create unique index webhook_delivery_once on webhook_delivery (endpoint_id, event_id, kind) where event_id is not null;
      create index webhook_delivery_in_order on webhook_delivery (endpoint_id, subject_id, position) where state = 'WAITING';
      create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'WAITING';
      create index webhook_delivery_listed on webhook_delivery (endpoint_id, created_at, id);
      create index webhook_delivery_by_agency on webhook_delivery (agency_id);
      create index webhook_delivery_ended on webhook_delivery (ended_at) where state in ('DELIVERED','SKIPPED');
      -- What was not sent yet may never be: that it is there would tell of a step the agency may not see.
      select app.protect('webhook_delivery', 'agency_id = (select app.agency()) and attempts > 0', null);
      revoke insert, update on webhook_delivery from handrail_app;

      -- What each endpoint was last shown of each record behind the one-way valve, as a code.
      create table webhook_image (
        endpoint_id uuid not null references webhook_endpoint,
        subject_id uuid not null,
        image bytea not null check (octet_length(image) = 32),
        primary key (endpoint_id, subject_id)
      );
      select app.protect('webhook_image', 'false', null);
      revoke all on webhook_image from handrail_app;
      grant delete on webhook_delivery, webhook_image to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_image, webhook_delivery, webhook_endpoint');
  }
}
