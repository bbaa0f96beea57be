import type { MigrationInterface, QueryRunner } from 'typeorm';

const SIGNATURE = `app.find_in_emergency(p_referral uuid, p_phones bytea[], p_given text, p_family text, p_birth date) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp`;
const FOUND = `
  select r.person_id as id from referral r where r.id = p_referral
  union select p.id from person p where p.phone_index = any(p_phones)
  union select p.id from person p
    where lower(btrim(p.given_name)) = lower(btrim(p_given)) and lower(btrim(p.family_name)) = lower(btrim(p_family)) and p.birth_date = p_birth`;
const IS_MEDICAL = `exists (select 1 from agency g where g.id = app.agency() and g.kind in ('EMS','HOSPITAL','TREATMENT_PROVIDER'))`;

/** Whoever is on file twice is one person in an emergency too. */
export class FindLinkedInEmergency1764000062900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One person, or none: nobody and several are not told apart. Several records of one cluster are one person; of those that
      -- were looked for it is the one with a program that treats them now, then the one with the latest need.
      create or replace function ${SIGNATURE} as $$
        with found as (${FOUND})
        select f.id from found f left join lateral (
          select bool_or(r.state in ('ARRIVED','ADMITTED')) as is_treated, max(r.submitted_at) as asked_at
          from referral r where r.person_id = f.id) care on true
        where ${IS_MEDICAL}
          and 1 = (select count(distinct coalesce(c.cluster_id, o.id)) from found o left join person_cluster c on c.person_id = o.id)
        order by coalesce(care.is_treated, false) desc, care.asked_at desc nulls last, f.id limit 1
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function ${SIGNATURE} as $$
        select min(found.id::text)::uuid from (${FOUND}) found where ${IS_MEDICAL} having count(*) = 1
      $$`);
  }
}
