import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The roster: every overdose that stands is on exactly one row of one person and week, by this database’s own word; what was
 * tried, by whom, how it ended, and who said that nobody is to come.
 */
export class KeepRoster1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Of the teams of these programs: the lead, and agencies that agreed.
    const team = (
      programs: string,
    ): string => `exists (select 1 from outreach_program p where p.id in (${programs}) and p.agency_id = (select app.agency()))
        or exists (select 1 from outreach_team t where t.program_id in (${programs}) and t.agency_id = (select app.agency()) and t.agreed_at is not null)`;
    await runner.query(`
      alter table outreach_program
        add column due_hours integer check (due_hours between 1 and 2400),
        add column stop_hours integer check (stop_hours between 1 and 2400);

      create table outreach_case (
        id uuid primary key,
        kind text not null check (kind in ('SURVIVOR','FAMILY')),
        state text not null check (state in ('OPEN','UNASSIGNED','HANDED_OVER','TRIED','REACHED','CLOSED','VOID')),
        -- Its Monday, by the calendar of the county where it happened.
        week date not null,
        -- The person as one agency has them on file; null: not told.
        person_id uuid references person,
        -- The person as identity was resolved when the row was last placed.
        person_key uuid,
        county_fips text not null,
        residence_county_fips text,
        program_id uuid references outreach_program,
        to_program_id uuid references outreach_program,
        -- Who handed it over; keeps the receipt.
        from_program_id uuid references outreach_program,
        -- Finds a program for it.
        coordinator_agency_id uuid references agency,
        is_settled boolean not null default false,
        opened_at timestamptz not null,
        changed_at timestamptz not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        due_at timestamptz not null,
        stop_at timestamptz not null,
        -- When somebody must have taken it: the other team, or whoever finds it a program.
        acknowledge_by timestamptz,
        acknowledged_at timestamptz,
        reached_at timestamptz,
        name_sealed bytea,
        phone_sealed bytea,
        address_sealed bytea,
        address_index bytea,
        safety_note_sealed bytea,
        latitude double precision,
        longitude double precision,
        -- TEAM: the team found out where they live, and reports move it no more.
        address_basis text check (address_basis in ('RESIDENCE','INCIDENT','TEAM')),
        language text not null,
        -- False: whoever opens may not know.
        is_family_aware boolean,
        may_contact_again boolean,
        -- Whose words the row shows.
        source_agency_id uuid references agency,
        referral_id uuid references referral,
        closed_at timestamptz,
        closed_by uuid,
        end_reason text,
        outcome text,
        joined_into uuid references outreach_case deferrable initially deferred,
        check ((closed_at is null) = (state not in ('CLOSED','VOID'))),
        -- Never an end without a word why.
        check ((state in ('CLOSED','VOID')) = (end_reason is not null or outcome is not null)),
        check ((state = 'HANDED_OVER') = (to_program_id is not null) and (state in ('HANDED_OVER','UNASSIGNED')) = (acknowledge_by is not null)),
        check (state not in ('OPEN','TRIED','REACHED','HANDED_OVER') or program_id is not null),
        check (state <> 'UNASSIGNED' or program_id is null),
        check (joined_into is null or state = 'VOID')
      );
      create unique index outreach_case_one_a_week on outreach_case (person_key, week, kind) where person_key is not null and state <> 'VOID';
      create index outreach_case_by_program on outreach_case (program_id, week, id);
      create index outreach_case_by_receiver on outreach_case (to_program_id) where to_program_id is not null;
      create index outreach_case_by_giver on outreach_case (from_program_id) where from_program_id is not null;
      create index outreach_case_by_person on outreach_case (person_id) where person_id is not null;
      create index outreach_case_to_stop on outreach_case (stop_at) where state not in ('CLOSED','VOID');
      create index outreach_case_to_take_back on outreach_case (acknowledge_by) where state = 'HANDED_OVER';
      create index outreach_case_to_assign on outreach_case (county_fips) where state = 'UNASSIGNED';
      create index outreach_case_to_find on outreach_case (coordinator_agency_id) where state = 'UNASSIGNED';
      create index outreach_case_joined on outreach_case (joined_into) where joined_into is not null;
      create index outreach_case_by_address on outreach_case (address_index) where address_index is not null;
      revoke insert, update on outreach_case from handrail_app;
      -- Locks ask for the right to change something.
      grant update (state) on outreach_case to handrail_app;
      select app.protect('outreach_case', $policy$(state = 'UNASSIGNED' and coordinator_agency_id = (select app.agency()))
        or ${team('outreach_case.program_id, outreach_case.to_program_id, outreach_case.from_program_id')}$policy$, null);
      create policy changes on outreach_case for update to handrail_app
        using ((state = 'UNASSIGNED' and coordinator_agency_id = (select app.agency())) or ${team('outreach_case.program_id, outreach_case.to_program_id')})
        with check ((state = 'UNASSIGNED' and coordinator_agency_id = (select app.agency())) or ${team('outreach_case.program_id, outreach_case.to_program_id')});

      -- Which row an overdose is on, from and until when, with a copy of what its reports say together.
      create table outreach_case_event (
        id uuid primary key,
        case_id uuid not null references outreach_case,
        event_id uuid not null references overdose_event,
        from_at timestamptz not null,
        until_at timestamptz,
        occurred_at timestamptz not null,
        is_time_known boolean not null,
        county_fips text not null,
        is_fatal boolean not null,
        is_naloxone_given boolean not null,
        doses integer,
        suspected_substances text[] not null,
        has_children_present boolean,
        is_transported boolean,
        has_refused_transport boolean not null
      );
      create unique index outreach_event_on_one_row on outreach_case_event (event_id) where until_at is null;
      create index outreach_case_event_by_case on outreach_case_event (case_id);
      revoke insert, update on outreach_case_event from handrail_app;
      select app.protect('outreach_case_event', 'exists (select 1 from outreach_case c where c.id = case_id)', null);

      create table visit_attempt (
        id uuid primary key,
        case_id uuid not null references outreach_case,
        at timestamptz not null,
        recorded_at timestamptz not null,
        agency_id uuid not null references agency,
        by_actor uuid not null,
        channel text not null check (channel in ('VISIT','PHONE','ELSEWHERE')),
        result text not null,
        services text[] not null,
        naloxone_kits integer check (naloxone_kits between 1 and 50),
        left_behind text not null check (left_behind in ('NEVER','CONTACT_ONLY','PLAIN_CARD','BAG')),
        note_sealed bytea
      );
      create index visit_attempt_by_case on visit_attempt (case_id, at);
      revoke insert, update on visit_attempt from handrail_app;
      revoke update on visit_attempt from handrail_worker;
      grant update (note_sealed) on visit_attempt to handrail_worker;
      select app.protect('visit_attempt', 'exists (select 1 from outreach_case c where c.id = case_id)', null);

      -- What became of a case, step by step. Never changed.
      create table outreach_step (
        id uuid primary key,
        case_id uuid not null references outreach_case,
        at timestamptz not null,
        command text not null,
        from_state text,
        to_state text not null,
        reason text,
        agency_id uuid,
        actor_id uuid not null,
        actor_kind text not null
      );
      create index outreach_step_by_case on outreach_step (case_id, at);
      revoke insert, update on outreach_step from handrail_app;
      revoke update on outreach_step from handrail_worker;
      create trigger append_only before update or delete on outreach_step for each row execute function app.refuse_change();
      create trigger keep_all before truncate on outreach_step for each statement execute function app.refuse_change();
      select app.protect('outreach_step', 'exists (select 1 from outreach_case c where c.id = case_id)', null);

      -- Whoever said that nobody is to come: for good. Nobody’s to read.
      create table outreach_opt_out (
        id uuid primary key,
        kind text not null check (kind in ('SURVIVOR','FAMILY')),
        case_id uuid not null references outreach_case,
        person_id uuid references person,
        county_fips text not null,
        address_sealed bytea,
        address_index bytea,
        recorded_at timestamptz not null,
        agency_id uuid not null references agency,
        by_actor uuid not null
      );
      create index outreach_opt_out_by_person on outreach_opt_out (person_id) where person_id is not null;
      create index outreach_opt_out_by_address on outreach_opt_out (address_index) where address_index is not null;
      revoke insert, update on outreach_opt_out from handrail_app;
      revoke update on outreach_opt_out from handrail_worker;
      grant update (address_sealed, address_index) on outreach_opt_out to handrail_worker;
      select app.protect('outreach_opt_out', 'false', null);

      -- Complete by construction: whatever writes an overdose, it commits with exactly one row for each that stands, and none for
      -- one that has ended.
      create function app.on_one_row() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare event uuid := case tg_table_name when 'overdose_event' then new.id else (to_jsonb(new) ->> 'event_id')::uuid end;
      declare standing boolean; rows bigint;
      begin
        select e.ended_at is null into standing from overdose_event e where e.id = event;
        select count(*) into rows from outreach_case_event x join outreach_case c on c.id = x.case_id
          where x.event_id = event and x.until_at is null and c.state <> 'VOID';
        if rows <> standing::int then
          raise exception 'an overdose is on % rows of the roster', rows using errcode = '23514', constraint = 'overdose_on_one_row';
        end if;
        return null;
      end $$;
      grant select (id, ended_at) on overdose_event to handrail_checker;
      create policy checks on overdose_event for select to handrail_checker using (true);
      grant select (case_id, event_id, until_at) on outreach_case_event to handrail_checker;
      create policy checks on outreach_case_event for select to handrail_checker using (true);
      grant select (id, person_id, state) on outreach_case to handrail_checker;
      create policy checks on outreach_case for select to handrail_checker using (true);
      select app.entrust('app.on_one_row()');
      create constraint trigger overdose_on_one_row after insert or update of ended_at on overdose_event
        deferrable initially deferred for each row execute function app.on_one_row();
      create constraint trigger overdose_on_one_row after insert or update on outreach_case_event
        deferrable initially deferred for each row execute function app.on_one_row();

      -- What a team is told of a case is told of a person, and listed for them.
      alter table disclosure drop constraint disclosure_subject_type_check,
        add constraint disclosure_subject_type_check check (subject_type in ('Person','Referral','OutreachCase'));
      drop function app.disclosures_in(uuid);
      create function app.disclosures_in(p_request uuid) returns table (id uuid, at timestamptz, from_agency_id uuid, to_agency_id uuid, role text,
          purpose text, what jsonb, consents text[], is_part2 boolean)
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select d.id, d.at, d.from_agency_id, d.to_agency_id, d.role, d.purpose, d.what, d.consents, d.is_part2
        from accounting_request q join agency g on g.id = q.agency_id
        join disclosure d on d.subject_id = any (array(
          select q.person_id union all select r.id from referral r where r.person_id = q.person_id
          union all select c.id from outreach_case c where c.person_id = q.person_id))
        where q.id = p_request and q.agency_id = app.agency()
          and d.at >= q.covers_from and d.at <= q.requested_at and d.from_agency_id <> d.to_agency_id
          and (g.kind = 'PLATFORM' or d.from_agency_id = q.agency_id)
      $$;
      select app.entrust('app.disclosures_in(uuid)');
      grant execute on function app.disclosures_in(uuid) to handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger overdose_on_one_row on overdose_event;
      drop function app.disclosures_in(uuid);
      drop table outreach_opt_out, outreach_step, visit_attempt, outreach_case_event, outreach_case;
      drop function app.on_one_row();
      drop policy checks on overdose_event;
      revoke select (id, ended_at) on overdose_event from handrail_checker;
      alter table outreach_program drop column due_hours, drop column stop_hours;
      alter table disclosure drop constraint disclosure_subject_type_check,
        add constraint disclosure_subject_type_check check (subject_type in ('Person','Referral'));
      create function app.disclosures_in(p_request uuid) returns table (id uuid, at timestamptz, from_agency_id uuid, to_agency_id uuid, role text,
          purpose text, what jsonb, consents text[], is_part2 boolean)
      language sql stable security definer set search_path = pg_catalog, public as $$
        select d.id, d.at, d.from_agency_id, d.to_agency_id, d.role, d.purpose, d.what, d.consents, d.is_part2
        from accounting_request q join agency g on g.id = q.agency_id
        join disclosure d on d.subject_id = any (array(
          select q.person_id union all select r.id from referral r where r.person_id = q.person_id))
        where q.id = p_request and q.agency_id = app.agency()
          and d.at >= q.covers_from and d.at <= q.requested_at and d.from_agency_id <> d.to_agency_id
          and (g.kind = 'PLATFORM' or d.from_agency_id = q.agency_id)
      $$;
      select app.entrust('app.disclosures_in(uuid)');
      grant execute on function app.disclosures_in(uuid) to handrail_app;
    `);
  }
}
