import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where a record’s words come from (42 CFR part 2): kept by the database, so that no service can forget it, and never taken
 * back: what came from a Part 2 program carries that wherever it goes.
 */
export class CarryProvenance1764000000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.is_part2_provider(p_agency uuid) returns boolean language sql stable as
        $$ select exists (select 1 from program g where g.agency_id = p_agency and g.part2_program) $$;

      -- Owners are held to the policies like everybody else; for this one step the rows that exist must be seen.
      alter table person no force row level security;
      alter table person_party no force row level security;
      alter table referral no force row level security;
      alter table program no force row level security;

      alter table person add source_agency_id uuid references agency, add is_part2 boolean not null default false;
      update person p set source_agency_id = (select pp.agency_id from person_party pp where pp.person_id = p.id order by (pp.basis = 'INTAKE') desc, pp.since limit 1);
      update person set is_part2 = app.is_part2_provider(source_agency_id) where source_agency_id is not null;

      alter table referral add sent_is_part2 boolean not null default false, add care_is_part2 boolean not null default false;
      update referral set sent_is_part2 = app.is_part2_provider(sender_agency_id),
        care_is_part2 = coalesce((select g.part2_program from program g where g.id = program_id), false);

      alter table person force row level security;
      alter table person_party force row level security;
      alter table referral force row level security;
      alter table program force row level security;

      create function app.keep_person_provenance() returns trigger language plpgsql as $$
      begin
        new.source_agency_id := coalesce(new.source_agency_id, nullif(current_setting('app.agency_id', true), '')::uuid);
        new.is_part2 := new.is_part2 or app.is_part2_provider(new.source_agency_id);
        return new;
      end $$;
      create trigger keep_provenance before insert on person for each row execute function app.keep_person_provenance();

      create function app.keep_referral_provenance() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          new.sent_is_part2 := app.is_part2_provider(new.sender_agency_id);
        else
          new.sent_is_part2 := old.sent_is_part2;
          new.care_is_part2 := old.care_is_part2;
        end if;
        if new.program_id is not null and not new.care_is_part2 then
          new.care_is_part2 := coalesce((select g.part2_program from program g where g.id = new.program_id), false);
        end if;
        return new;
      end $$;
      create trigger keep_provenance before insert or update of program_id, sent_is_part2, care_is_part2, sender_agency_id
        on referral for each row execute function app.keep_referral_provenance();

      -- Whether treatment by a Part 2 program of another agency is part of an episode: a checked function, because the agency
      -- that asks need not take part in that referral.
      create function app.episode_has_part2_care(p_episode uuid, p_agency uuid) returns boolean
      language sql stable security definer set search_path = pg_catalog, public as $$
        select exists (select 1 from referral where episode_id = p_episode and care_is_part2 and receiver_agency_id is distinct from p_agency)
      $$;
      revoke all on function app.episode_has_part2_care(uuid, uuid) from public;
      grant execute on function app.episode_has_part2_care(uuid, uuid) to handrail_app, handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.episode_has_part2_care(uuid, uuid);
      drop trigger keep_provenance on referral;
      drop trigger keep_provenance on person;
      drop function app.keep_referral_provenance();
      drop function app.keep_person_provenance();
      alter table referral drop sent_is_part2, drop care_is_part2;
      alter table person drop source_agency_id, drop is_part2;
      drop function app.is_part2_provider(uuid);
    `);
  }
}
