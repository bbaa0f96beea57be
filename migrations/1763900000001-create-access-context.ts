import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is asking, as the database knows it. The unit of work calls `app.enter` first in every transaction; policies compare
 * with `app.agency()`, which raises when nobody entered, so a forgotten context is an error and never an empty answer.
 */
export class CreateAccessContext1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const role of ['handrail_app', 'handrail_worker']) {
      await runner.query(
        `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
      );
      await runner.query(`do $$ begin execute format('grant ${role} to %I', current_user); end $$`);
    }
    await runner.query(`
      create schema app;
      revoke create on schema public from public;
      grant usage on schema public, app to handrail_app, handrail_worker;
      alter default privileges in schema public grant select, insert, update on tables to handrail_app, handrail_worker;
      alter default privileges in schema public grant usage on sequences to handrail_app, handrail_worker;

      -- Holds and clocks run on the database's clock. The offset is set by the unit of work of a test only.
      create function app.now() returns timestamptz language sql volatile as
        $$ select clock_timestamp() + coalesce(nullif(current_setting('app.clock_offset', true), '')::interval, interval '0') $$;

      create function app.agency() returns uuid language plpgsql stable as $$
      declare agency text := nullif(current_setting('app.agency_id', true), '');
      begin
        if agency is null then
          raise exception 'no access context' using errcode = 'HR403', hint = 'Every statement runs inside a unit of work.';
        end if;
        return agency::uuid;
      end $$;

      -- An agency's policy on a table of its own rows; the worker role, which the unit of work takes on for what
      -- follows from a decided command, may write across agencies.
      create function app.protect(relation regclass, readable text, writable text) returns void language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', relation);
        execute format('alter table %s force row level security', relation);
        execute format('create policy reads on %s for select to handrail_app using (%s)', relation, readable);
        if writable is not null then
          execute format('create policy adds on %s for insert to handrail_app with check (%s)', relation, writable);
          execute format('create policy changes on %s for update to handrail_app using (%s) with check (%s)', relation, writable, writable);
        end if;
        execute format('create policy works on %s for all to handrail_worker using (true) with check (true)', relation);
      end $$;
      revoke all on function app.protect(regclass, text, text) from public;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema app cascade');
  }
}
