import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is handed in, in the annex of the agency that took it. Nothing here names a person, a referral, or the agency; ids are
 * random, because an id that tells its time would tell which referral came with it.
 */
export class CreateSurrenders1764000007002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table surrender (
        id uuid primary key,
        room_id uuid not null,
        state text not null check (state in ('OPENED','HELD','IN_TRANSIT','AT_LABORATORY','TO_BE_DESTROYED','WITNESSED_ONCE','DESTROYED')),
        received_on date not null,
        shift text not null check (shift in ('DAY','EVENING','NIGHT')),
        opened_at timestamptz(3) not null,
        promise_version text not null check (promise_version ~ '^no-arrest/[^/]+/[0-9]+$'),
        property_number text not null check (length(property_number) between 1 and 60),
        seal_number text not null check (length(seal_number) between 1 and 60),
        description_sealed bytea not null,
        sealed_gross_weight_grams numeric(12,3) not null check (sealed_gross_weight_grams > 0),
        place text not null check (length(place) between 1 and 200),
        laboratory text check (length(laboratory) between 1 and 200),
        slip_sealed bytea not null,
        due_at timestamptz(3),
        check (state not in ('HELD','DESTROYED') or due_at is null),
        unique (room_id, property_number)
      );
      create index surrender_in_time on surrender (room_id, opened_at, id);
      create index surrender_due on surrender (due_at) where due_at is not null;
      revoke update on surrender from handrail_app, handrail_worker;
      grant update (state, seal_number, sealed_gross_weight_grams, place, laboratory, due_at) on surrender to handrail_app;
      grant update (due_at, description_sealed, slip_sealed) on surrender to handrail_worker;
      select app.protect('surrender', 'room_id = (select app.agency())', 'room_id = (select app.agency())');

      -- From hand to hand, for good: who gave, who took, where, what seal and scale said.
      create table custody_event (
        id uuid primary key,
        room_id uuid not null,
        surrender_id uuid not null references surrender,
        position integer not null check (position > 0),
        at timestamptz(3) not null,
        command text not null,
        state text not null,
        by_id uuid not null,
        by_name text not null check (length(by_name) between 1 and 200),
        other_name text check (length(other_name) between 1 and 200),
        place text not null check (length(place) between 1 and 200),
        seal_number text check (length(seal_number) between 1 and 60),
        sealed_gross_weight_grams numeric(12,3) check (sealed_gross_weight_grams > 0),
        findings text[],
        reference text check (length(reference) between 1 and 60),
        unique (surrender_id, position)
      );
      revoke update on custody_event from handrail_app, handrail_worker;
      create trigger append_only before update or delete on custody_event for each row execute function app.refuse_change();
      create trigger keep_all before truncate on custody_event for each statement execute function app.refuse_change();
      select app.protect('custody_event', 'room_id = (select app.agency())', null);
      create policy adds on custody_event for insert to handrail_app with check (room_id = (select app.agency()));

      create table custody_alert (
        id uuid primary key,
        room_id uuid not null,
        surrender_id uuid not null references surrender,
        -- Which step raised it: one of a kind per step, however often it is looked at.
        position integer not null,
        kind text not null check (kind in ('NOT_COUNTERSIGNED','NOT_RECEIVED','WEIGHT_DIFFERS','SEAL_DIFFERS','RESULT_OVERDUE','DESTRUCTION_UNFINISHED')),
        raised_at timestamptz(3) not null,
        due_at timestamptz(3) not null,
        finding text check (finding in ('EXPLAINED','CORRECTED','UNDER_INVESTIGATION')),
        answered_at timestamptz(3),
        answered_by uuid,
        check ((finding is null) = (answered_at is null) and (finding is null) = (answered_by is null)),
        unique (surrender_id, position, kind)
      );
      create index custody_alert_open on custody_alert (room_id, due_at, id) where answered_at is null;
      revoke update on custody_alert from handrail_app, handrail_worker;
      grant update (finding, answered_at, answered_by) on custody_alert to handrail_app;
      select app.protect('custody_alert', 'room_id = (select app.agency())', 'room_id = (select app.agency())');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table custody_alert, custody_event, surrender');
  }
}
