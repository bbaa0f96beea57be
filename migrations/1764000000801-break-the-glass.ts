import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Access in a medical emergency (42 CFR 2.51): documented, for a limited time, before the privacy officers at once. No policy of
 * any table of people is opened by it: a checked function gives the few facts, while it lasts.
 */
export class BreakTheGlass1764000000801 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table break_glass (
        id uuid primary key default uuidv7(),
        person_id uuid not null references person,
        agency_id uuid not null references agency,
        opened_by uuid not null,
        role text not null check (role in ('MEDIC','HOSPITAL_STAFF','PROVIDER_STAFF')),
        -- 2.51(c): the medical personnel and their affiliation, who disclosed, when, and the nature of the emergency.
        medical_personnel text not null check (length(medical_personnel) between 1 and 200),
        affiliation text not null check (length(affiliation) between 1 and 200),
        discloser text not null check (length(discloser) between 1 and 200),
        opened_at timestamptz not null,
        nature text not null check (nature in ('OVERDOSE','UNRESPONSIVE','BREATHING','CARDIAC','SEIZURE','SEVERE_WITHDRAWAL','TRAUMA','OBSTETRIC','PSYCHIATRIC','MEDICATION_INTERACTION','OTHER_THREAT_TO_LIFE')),
        ground text not null check (ground in ('CONSENT_CANNOT_BE_OBTAINED','PROGRAM_CLOSED_IN_DISASTER')),
        ends_at timestamptz not null check (ends_at > opened_at and ends_at <= opened_at + interval '24 hours'),
        ended_at timestamptz,
        ended_by uuid,
        check ((ended_at is null) = (ended_by is null))
      );
      create index break_glass_by_agency on break_glass (agency_id, opened_at);
      create index break_glass_by_person on break_glass (person_id);

      -- What a privacy officer has to look at: of the agency that looked, and of every agency whose words were shown.
      create table break_glass_review (
        id uuid primary key default uuidv7(),
        break_glass_id uuid not null references break_glass,
        agency_id uuid not null references agency,
        due_at timestamptz not null,
        finding text check (finding in ('JUSTIFIED','NOT_JUSTIFIED','NEEDS_FOLLOW_UP')),
        reviewed_at timestamptz,
        reviewed_by uuid,
        unique (break_glass_id, agency_id),
        check ((finding is null) = (reviewed_at is null) and (finding is null) = (reviewed_by is null))
      );
      create index break_glass_review_in_time on break_glass_review (agency_id, due_at, id);

      -- Opened as Handrail after the decision; afterwards nothing of it changes but its end and the findings.
      revoke insert, update on break_glass, break_glass_review from handrail_app;
      revoke update on break_glass, break_glass_review from handrail_worker;
      grant update (ended_at, ended_by) on break_glass to handrail_app;
      grant update (finding, reviewed_at, reviewed_by) on break_glass_review to handrail_app;
      select app.protect('break_glass_review', 'agency_id = (select app.agency())', null);
      create policy changes on break_glass_review for update to handrail_app
        using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));
      select app.protect('break_glass',
        'agency_id = (select app.agency()) or exists (select 1 from break_glass_review v where v.break_glass_id = break_glass.id and v.agency_id = (select app.agency()))', null);
      create policy changes on break_glass for update to handrail_app
        using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));

      -- One person, or none: nobody and several are not told apart. For agencies with medical personnel only.
      create function app.find_in_emergency(p_referral uuid, p_phones bytea[], p_given text, p_family text, p_birth date) returns uuid
      language sql stable security definer set search_path = pg_catalog, public as $$
        select min(found.id::text)::uuid from (
          select r.person_id as id from referral r where r.id = p_referral
          union select p.id from person p where p.phone_index = any(p_phones)
          union select p.id from person p
            where lower(btrim(p.given_name)) = lower(btrim(p_given)) and lower(btrim(p.family_name)) = lower(btrim(p_family)) and p.birth_date = p_birth
        ) found
        where exists (select 1 from agency g where g.id = app.agency() and g.kind in ('EMS','HOSPITAL','TREATMENT_PROVIDER'))
        having count(*) = 1
      $$;
      create index person_by_birth_date on person (birth_date) where birth_date is not null;

      -- Puts it before the privacy officers of the agency that looks and of every agency whose words it shows.
      create function app.tell_of_break_glass(p_break_glass uuid, p_due_at timestamptz) returns void
      language sql volatile set search_path = pg_catalog, public as $$
        insert into break_glass_review (break_glass_id, agency_id, due_at)
        select b.id, told.agency_id, p_due_at from break_glass b cross join lateral (
          select b.agency_id
          union select p.source_agency_id from person p where p.id = b.person_id
          union (select r.sender_agency_id from referral r where r.person_id = b.person_id and r.submitted_at <= b.opened_at
            order by r.submitted_at desc, r.id desc limit 1)
          union select r.receiver_agency_id from referral r where r.person_id = b.person_id and r.state in ('ARRIVED','ADMITTED')
        ) told where b.id = p_break_glass and told.agency_id is not null
      $$;

      -- What a doctor needs, while it lasts, and only in the words of agencies whose privacy officers were told.
      create function app.emergency_record(p_break_glass uuid) returns table (id uuid, person_id uuid, given_name text, family_name text,
          birth_date text, current_medications text[], substances text[], pregnant boolean, need_as_of timestamptz, treating_program text,
          treating_program_phone text, identity_agency_id uuid, need_agency_id uuid, care_agency_id uuid, part2 text[])
      language sql stable security definer set search_path = pg_catalog, public as $$
        select b.id, b.person_id, p.given_name, p.family_name, p.birth_date::text,
          case when jsonb_typeof(n.need -> 'currentMedications') = 'array' then array(select jsonb_array_elements_text(n.need -> 'currentMedications')) end,
          case when jsonb_typeof(n.need -> 'substances') = 'array' then array(select jsonb_array_elements_text(n.need -> 'substances')) end,
          (n.need ->> 'pregnant')::boolean, n.submitted_at, c.name, c.phone,
          p.source_agency_id, n.sender_agency_id, c.receiver_agency_id,
          array_remove(array[case when p.is_part2 then 'IDENTITY' end, case when n.sent_is_part2 then 'NEED' end,
            case when c.care_is_part2 then 'CARE' end], null)
        from break_glass b
        join agency g on g.id = b.agency_id and g.kind in ('EMS','HOSPITAL','TREATMENT_PROVIDER')
        join person p on p.id = b.person_id
        left join lateral (
          select r.need, r.submitted_at, r.sender_agency_id, r.sent_is_part2 from referral r
          where r.person_id = b.person_id and r.submitted_at <= b.opened_at
            and exists (select 1 from break_glass_review v where v.break_glass_id = b.id and v.agency_id = r.sender_agency_id)
          order by r.submitted_at desc, r.id desc limit 1) n on true
        left join lateral (
          select m.name, m.phone, r.receiver_agency_id, r.care_is_part2 from referral r join program m on m.id = r.program_id
          where r.person_id = b.person_id and r.state in ('ARRIVED','ADMITTED')
            and exists (select 1 from break_glass_review v where v.break_glass_id = b.id and v.agency_id = r.receiver_agency_id)
          order by r.arrived_at desc, r.id desc limit 1) c on true
        where b.id = p_break_glass and b.agency_id = app.agency() and b.ended_at is null and b.ends_at > app.now()
      $$;
      revoke all on function app.find_in_emergency(uuid, bytea[], text, text, date), app.tell_of_break_glass(uuid, timestamptz),
        app.emergency_record(uuid) from public;
      grant execute on function app.find_in_emergency(uuid, bytea[], text, text, date), app.emergency_record(uuid) to handrail_app;
      grant execute on function app.tell_of_break_glass(uuid, timestamptz) to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.emergency_record(uuid), app.tell_of_break_glass(uuid, timestamptz),
        app.find_in_emergency(uuid, bytea[], text, text, date);
      drop index person_by_birth_date;
      drop table break_glass_review, break_glass cascade;
    `);
  }
}
