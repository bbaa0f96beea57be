import { sql, type Statement } from '../platform/database/statement';
import type { ReportKind } from './report-kinds';

export interface CountedRow {
  readonly measure: string;
  readonly countyFips: string;
  readonly month: number | null;
  readonly dimension: string | null;
  readonly value: string | null;
  readonly count: number;
}

const ageBand = (age: string): string =>
  `case when ${age} is null then 'UNKNOWN' when ${age} < 18 then 'UNDER_18' when ${age} < 25 then '18_TO_24' when ${age} < 35 then '25_TO_34'
     when ${age} < 45 then '35_TO_44' when ${age} < 55 then '45_TO_54' when ${age} < 65 then '55_TO_64' else '65_AND_OVER' end`;
/** Agencies that work in several counties count in the first; in none: nowhere. */
const firstCounty = (agencyId: string): string =>
  `coalesce((select min(j.county_fips) from agency_jurisdiction j where j.agency_id = ${agencyId}), 'NONE')`;
const STIMULANTS = `'{COCAINE,METHAMPHETAMINE}'::text[]`;
const OPIOIDS = `'{FENTANYL,CARFENTANIL,HEROIN,PRESCRIPTION_OPIOID,METHADONE,BUPRENORPHINE}'::text[]`;
const hasBeen = (state: string): string =>
  `exists (select 1 from referral_change c where c.referral_id = r.id and c.to_state = '${state}')`;

/** One row for each thing that is counted: measure, county, moment, and the groups it is in. */
const facts: Readonly<Record<ReportKind, string>> = {
  OVERDOSES: `select case when e.is_fatal then 'DEATHS' else 'SURVIVED' end as measure, e.county_fips as county, e.occurred_at as at,
      jsonb_build_object('AGE', ${ageBand('e.age_years')}, 'SEX', coalesce(e.sex, 'UNKNOWN'), 'SUBSTANCE',
        case when e.suspected_substances && ${OPIOIDS} and e.suspected_substances && ${STIMULANTS} then 'OPIOIDS_AND_STIMULANTS'
          when e.suspected_substances && ${OPIOIDS} then 'OPIOIDS' when e.suspected_substances && ${STIMULANTS} then 'STIMULANTS'
          when e.suspected_substances <> '{}' and not e.suspected_substances && '{UNKNOWN}'::text[] then 'OTHER' else 'UNKNOWN' end) as groups
    from overdose_event e where e.ended_at is null and e.occurred_at >= $1 and e.occurred_at < $2`,
  NALOXONE: `select case when e.is_naloxone_given then 'GIVEN' else 'NOT_GIVEN' end as measure, e.county_fips as county, e.occurred_at as at,
      jsonb_build_object('DOSES', case when not e.is_naloxone_given then 'NONE' when e.doses is null then 'UNKNOWN' when e.doses >= 4 then '4_OR_MORE' else e.doses::text end) as groups
    from overdose_event e where e.ended_at is null and e.occurred_at >= $1 and e.occurred_at < $2`,
  REFERRAL_PATH: `select case when ${hasBeen('ADMITTED')} then 'ADMITTED' when ${hasBeen('ARRIVED')} then 'ARRIVED_ONLY' when ${hasBeen('ACCEPTED')} then 'ACCEPTED_ONLY'
        when exists (select 1 from offer o where o.referral_id = r.id) then 'OFFERED_ONLY' else 'NEVER_OFFERED' end as measure,
      ${firstCounty('r.sender_agency_id')} as county, r.submitted_at as at,
      jsonb_build_object('PATHWAY', r.pathway, 'AGE', ${ageBand(`(r.need ->> 'age')::int`)}, 'SEX', coalesce(r.need ->> 'sex', 'UNKNOWN'),
        'PAYER', coalesce(r.need ->> 'payer', 'UNKNOWN')) as groups
    from referral r where r.submitted_at >= $1 and r.submitted_at < $2`,
  OFFERS: `select case when o.state in ('PENDING','ACKNOWLEDGED') then 'WAITING' else o.state end as measure, coalesce(p.county_fips, 'NONE') as county,
      o.created_at as at, jsonb_build_object('REASON', coalesce(o.decline_reason, 'NONE')) as groups
    from offer o join program p on p.id = o.program_id where o.created_at >= $1 and o.created_at < $2`,
  NO_SHOWS: `select case when r.no_shows = 0 then 'NEVER_MISSED' else 'MISSED' end as measure, ${firstCounty('r.sender_agency_id')} as county, r.submitted_at as at,
      jsonb_build_object('AGE', ${ageBand(`(r.need ->> 'age')::int`)}, 'SEX', coalesce(r.need ->> 'sex', 'UNKNOWN')) as groups
    from referral r where ${hasBeen('ACCEPTED')} and r.submitted_at >= $1 and r.submitted_at < $2`,
  UNMET_NEED: `select case when u.resolved_at is null then 'STILL_UNMET' else 'FOUND_LATER' end as measure, coalesce(u.county_fips, 'NONE') as county, u.at as at,
      jsonb_build_object('RULE', coalesce(u.rules[1], 'NONE')) as groups
    from unmet_need u where u.at >= $1 and u.at < $2`,
  CLOCKS: `select coalesce(c.ended_how, case when c.breach_count > 0 then 'BREACHED' else 'RUNNING' end) as measure, ${firstCounty('c.owner_agency_id')} as county,
      c.started_at as at, jsonb_build_object('KIND', c.kind) as groups
    from clock c where c.started_at >= $1 and c.started_at < $2`,
  SPIKES: `select s.state as measure, s.county_fips as county, s.opened_at as at, '{}'::jsonb as groups
    from spike_alert s where s.opened_at >= $1 and s.opened_at < $2`,
};

const counted = (fact: string): Statement<CountedRow> =>
  sql<CountedRow>(
    `with fact as materialized (${fact})
     select measure, county as "countyFips", extract(month from at at time zone 'America/New_York')::int as month, null::text as dimension,
       null::text as value, count(*)::int as count from fact group by 1, 2, 3
     union all
     select measure, county, null, g.key, g.value, count(*)::int from fact, jsonb_each_text(groups) g group by measure, county, g.key, g.value
     order by 1, 2, 3, 4, 5`,
  );

export const countsOf = Object.fromEntries(
  Object.entries(facts).map(([kind, fact]) => [kind, counted(fact)]),
) as Readonly<Record<ReportKind, Statement<CountedRow>>>;
