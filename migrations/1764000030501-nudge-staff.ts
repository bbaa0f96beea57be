import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nudges: where staff are reached, what waits for them, and the messages that say so. */
export class NudgeStaff1764000030501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One address of each channel for one person at one agency. Used once a code sent to it came back.
      create table nudge_address (
        id uuid primary key,
        agency_id uuid not null references agency,
        account_id uuid not null references account,
        channel text not null check (channel in ('EMAIL','SMS','PUSH')),
        address_sealed bytea not null check (octet_length(address_sealed) >= 45),
        state text not null check (state in ('UNCONFIRMED','CONFIRMED','BROKEN')),
        code_sealed bytea check (octet_length(code_sealed) >= 45),
        code_ends_at timestamptz,
        code_tries integer not null default 0 check (code_tries between 0 and 5),
        changed_at timestamptz(3) not null,
        unique (agency_id, account_id, channel),
        check ((code_sealed is null) = (code_ends_at is null)),
        check (state = 'UNCONFIRMED' or code_sealed is null)
      );
      select app.protect('nudge_address', 'agency_id = (select app.agency())', null);
      revoke insert, update on nudge_address from handrail_app;

      -- How one person at one agency wants to be told. No row: at once, in English, without quiet hours.
      create table nudge_setting (
        agency_id uuid not null references agency,
        account_id uuid not null references account,
        language text not null check (language in ('en','es')),
        rhythm text not null check (rhythm in ('AT_ONCE','HOURLY')),
        channels text[] not null check (channels <@ array['EMAIL','SMS','PUSH']),
        quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        quiet_until text check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        time_zone text not null,
        -- Codes sent since then: nobody can have Handrail write to strangers all day.
        codes_sent integer not null default 0 check (codes_sent >= 0),
        codes_since timestamptz,
        changed_at timestamptz(3) not null,
        primary key (agency_id, account_id),
        check ((quiet_from is null) = (quiet_until is null) and quiet_from is distinct from quiet_until or quiet_from is null and quiet_until is null)
      );
      select app.protect('nudge_setting', 'agency_id = (select app.agency())', null);
      revoke insert, update on nudge_setting from handrail_app;

      -- Something that waits for somebody: ids and codes only. Of one event one for each person.
      create table nudge (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        account_id uuid not null references account,
        -- As whom they are told: whoever has left is told nothing.
        membership_id uuid not null references membership,
        kind text not null,
        subject_id uuid not null,
        event_id uuid not null,
        is_urgent boolean not null,
        state text not null check (state in ('WAITING','TOLD','DROPPED')),
        created_at timestamptz(3) not null,
        -- When it is to be looked at whether they may be told now.
        look_at timestamptz,
        told_at timestamptz(3),
        -- The messages it went out with.
        batch_id uuid,
        check ((state = 'WAITING') = (look_at is not null)),
        check ((state = 'TOLD') = (told_at is not null and batch_id is not null))
      ) with (fillfactor = 80);
      create unique index nudge_once on nudge (agency_id, account_id, event_id);
      create index nudge_waiting on nudge (look_at) where state = 'WAITING';
      create index nudge_told on nudge (agency_id, account_id, created_at, id);
      create index nudge_by_batch on nudge (batch_id) where batch_id is not null;
      create index nudge_by_age on nudge (created_at);
      select app.protect('nudge', 'agency_id = (select app.agency())', null);
      revoke insert, update on nudge from handrail_app;

      -- What the sender of a referral was last seen to know of it, as a code: no step they may not see makes a nudge.
      create table nudge_image (
        account_id uuid not null,
        subject_id uuid not null,
        image bytea not null check (octet_length(image) = 32),
        -- By the database’s clock, before the row was read.
        seen_at timestamptz not null,
        primary key (account_id, subject_id)
      );
      select app.protect('nudge_image', 'false', null);
      revoke all on nudge_image from handrail_app;

      -- One message to one address. Its words are made when it is sent.
      create table nudge_message (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        account_id uuid not null references account,
        membership_id uuid not null references membership,
        -- No reference: an address may be taken back while the message waits.
        address_id uuid not null,
        channel text not null check (channel in ('EMAIL','SMS','PUSH')),
        -- Null: it carries the code that confirms the address.
        batch_id uuid,
        state text not null check (state in ('QUEUED','SENT','FAILED','DROPPED')),
        created_at timestamptz(3) not null,
        attempts integer not null default 0 check (attempts >= 0),
        first_attempt_at timestamptz,
        next_attempt_at timestamptz,
        leased_until timestamptz,
        ended_at timestamptz(3),
        last_code text,
        last_status integer,
        check ((state = 'QUEUED') = (next_attempt_at is not null)),
        check ((state = 'QUEUED') = (ended_at is null))
      ) with (fillfactor = 80);
      create unique index nudge_message_once on nudge_message (agency_id, batch_id, address_id) where batch_id is not null;
      create index nudge_message_due on nudge_message (next_attempt_at) where state = 'QUEUED';
      create index nudge_message_listed on nudge_message (agency_id, created_at, id);
      create index nudge_message_ended on nudge_message (ended_at);
      select app.protect('nudge_message', 'agency_id = (select app.agency())', null);
      revoke insert, update on nudge_message from handrail_app;
      grant delete on nudge_address, nudge, nudge_image, nudge_message to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table nudge_message, nudge_image, nudge, nudge_setting, nudge_address');
  }
}
