import type { TestApp } from '../setup/app';
import { buildAgency } from './agencies';
import { buildBedPool } from './capacity';

/** How many came how far and no further. */
export interface Furthest {
  readonly noContact: number;
  readonly contact: number;
  readonly referred: number;
  readonly offered: number;
  readonly accepted: number;
  readonly arrived: number;
  readonly admitted: number;
  readonly day30: number;
  readonly day90: number;
}

/** Where help was looked for that was found later. */
export const FOUND_IN = '39003';

/**
 * Overdoses of so many people at one moment in one county, with what followed: contact after two hours, a referral after five, an offer and
 * a place in the sixth, arrival and admission the day after. Women of thirty who are Black and have Medicaid. Written past every policy.
 *
 * No program was left for whoever was referred and no more; for who was offered and no more one was found later. Offers that were declined
 * were decided too late, and whoever had a place and did not arrive was missed. Every other step took opioids, the rest stimulants.
 */
export const buildPath = async (app: TestApp, countyFips: string, at: Date, far: Furthest): Promise<void> => {
  const { id: agencyId } = await buildAgency(app.database, { kind: 'EMS', jurisdictions: [countyFips] });
  const pool = await buildBedPool(app.database, {
    staffed: 40,
    occupied: 25,
    program: { name: 'Paint Creek', countyFips },
  });
  const steps = Object.values(far).flatMap((count, step) => new Array<number>(count).fill(step));
  await app.owner(
    `with made as materialized (
       select uuidv7() as person, uuidv7() as episode, uuidv7() as referral, uuidv7() as report, uuidv7() as event, s.step, $2::timestamptz as at, $2::timestamptz + interval '5 hours' as sent
       from unnest($4::int[]) s(step)),
     persons as (insert into person (id, race, language) select person, 'BLACK', 'en' from made),
     episodes as (insert into episode (id, person_id, opened_by_agency_id, pathway, opened_at) select episode, person, $1, 'NALOXONE_PLUS', at from made),
     referrals as (
       insert into referral (id, episode_id, person_id, pathway, state, sender_agency_id, submitted_by, need, submitted_at, closed_at, outcome, no_shows)
       select referral, episode, person, 'NALOXONE_PLUS', 'CLOSED', $1, $1, '{"age":30,"sex":"FEMALE","payer":"MEDICAID"}', sent, sent + interval '2 days', 'COMPLETED', case when step = 4 then 1 else 0 end from made where step >= 2),
     runs as (
       insert into match_run (id, referral_id, agency_id, as_of, policy_version, need, verdicts, considered, eligible)
       select event, referral, $1, sent, 'test', '{}', '[]', 1, 0 from made where step in (2, 3) returning id),
     needs as (
       insert into unmet_need (referral_id, match_run_id, agency_id, rules, county_fips, at, resolved_at)
       select m.referral, runs.id, $1, case when step = 2 then array['AGE', 'SEX'] else array['LOCATION'] end, case when step = 2 then $3 else $8 end, sent,
         case when step = 3 then sent + interval '5 minutes' end from made m join runs on runs.id = m.event),
     offers as (
       insert into offer (referral_id, program_id, pool_id, agency_id, state, rank, created_at, acknowledge_by, decide_by, ended_at, decline_reason, declined_by)
       select referral, $5, $6, $7, case when step = 3 then 'DECLINED' else 'ACCEPTED' end, 1, sent + interval '10 minutes', sent, sent, sent + interval '30 minutes',
         case when step = 3 then 'NO_PLACE' end, case when step = 3 then 'PROGRAM' end from made where step >= 3
       returning id, referral_id, agency_id, created_at, state),
     answers as (
       insert into clock (kind, subject_type, subject_id, referral_id, owner_agency_id, owner_side, started_at, due_at, ended_at, ended_how, definition_version)
       select k.kind, 'Offer', o.id, o.referral_id, o.agency_id, 'PROVIDER', o.created_at, o.created_at + interval '1 hour', o.created_at + interval '20 minutes',
         case when k.kind = 'OFFER_DECIDED' and o.state = 'DECLINED' then 'BREACHED' else 'MET' end, 'test'
       from offers o, (values ('OFFER_ACKNOWLEDGED'), ('OFFER_DECIDED')) k(kind)),
     changes as (
       insert into referral_change (referral_id, at, command, to_state, agency_id, actor_id, actor_kind)
       select referral, sent + c.after, 'made', c.state, $1, $1, 'SYSTEM' from made
         join (values (4, 8, 'ACCEPTED', interval '30 minutes'), (4, 4, 'NO_SHOW', interval '1 day'), (5, 8, 'ARRIVED', interval '1 day'), (6, 8, 'ADMITTED', interval '1 day 1 hour')) c(least, most, state, after) on step between c.least and c.most),
     clocks as (
       insert into clock (kind, subject_type, subject_id, referral_id, owner_agency_id, owner_side, started_at, due_at, ended_at, ended_how, definition_version, answer)
       select k.kind, 'Referral', referral, referral, $7, 'PROVIDER', sent + interval '3 days', sent + interval '4 days', sent + interval '3 days 1 hour', 'MET', 'test', 'REACHED_IN_TREATMENT'
       from made join (values (7, 'FOLLOW_UP_DAY_30'), (8, 'FOLLOW_UP_DAY_90')) k(least, kind) on step >= k.least),
     waits as (
       insert into waitlist_entry (referral_id, tier, risk, rules_version, requested_at, since, no_shows, ended_at, end_reason)
       select referral, 'OTHER', 0, 'test', sent, sent, 0, sent + interval '2 hours', 'PLACED' from made where step >= 7),
     reports as (
       insert into overdose_report (id, agency_id, reported_by, role, received_at, occurred_at, county_fips, is_fatal, is_naloxone_given, age_years, sex, race, person_id)
       select report, $1, $1, 'MEDIC', at, at, $3, false, true, 30, 'FEMALE', 'BLACK', person from made),
     events as (
       insert into overdose_event (id, recorded_at, occurred_at, is_time_known, county_fips, is_fatal, is_naloxone_given, age_years, sex, race, suspected_substances, reports)
       select event, at, at, true, $3, false, true, 30, 'FEMALE', 'BLACK', case when step % 2 = 0 then array['FENTANYL'] else array['COCAINE'] end, 1 from made),
     cases as (
       insert into outreach_case (id, kind, state, week, county_fips, opened_at, changed_at, first_at, last_at, due_at, stop_at, language, closed_at, end_reason, outcome, reached_at)
       select event, 'SURVIVOR', 'CLOSED', date_trunc('week', at)::date, $3, at, at, at, at, at, at, 'en', at, case when step = 0 then 'REPORTED_TOO_LATE' end,
         case when step > 0 then 'ENGAGED' end, case when step > 0 then at + interval '2 hours' end from made),
     stands as (
       insert into outreach_case_event (id, case_id, event_id, from_at, occurred_at, is_time_known, county_fips, is_fatal, is_naloxone_given, suspected_substances, has_refused_transport)
       select report, event, event, at, at, true, $3, false, true, '{}', false from made)
     insert into overdose_event_report (event_id, report_id, from_at, policy_version) select event, report, at, 'joining-1' from made`,
    [agencyId, at, countyFips, steps, pool.programId, pool.id, pool.agencyId, FOUND_IN],
  );
  await app.owner(
    `with lot as (insert into naloxone_lot (id, agency_id, product, lot_number, expires_on, on_hand, movements) values (uuidv7(), $1, 'NASAL_4_MG', 'L1', '2099-01-01', 60, 21) returning id)
     insert into naloxone_movement (id, agency_id, lot_id, position, kind, because, change, on_hand, at, by_id)
     select uuidv7(), $1, lot.id, m.position, m.kind, m.because, m.change, m.on_hand, $2::timestamptz + m.position * interval '1 minute', $1
     from lot, (select 1, 'RECEIVED', null, 100, 100 union all
       select 1 + n, 'USED', 'REVERSAL', -2, 100 - 2 * n from generate_series(1, 20) n) m(position, kind, because, change, on_hand)`,
    [agencyId, at],
  );
  // Fifteen of forty places open, for two days.
  await app.owner(
    `insert into census (pool_id, agency_id, staffed, occupied, held, attested_at, attested_by, source)
     values ($1, $2, 40, 25, 0, $3::timestamptz - interval '2 days', $2, 'STAFF'), ($1, $2, 0, 0, 0, $3, $2, 'STAFF')`,
    [pool.id, pool.agencyId, at],
  );
};
