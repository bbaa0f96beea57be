import { ageBand, clockOn, clocksOn, firstCounty, stepsOfReferrals, timeBand, whoOfReferral } from './terms';

const STIMULANTS = `'{COCAINE,METHAMPHETAMINE}'::text[]`;
const OPIOIDS = `'{FENTANYL,CARFENTANIL,HEROIN,PRESCRIPTION_OPIOID,METHADONE,BUPRENORPHINE}'::text[]`;
const substanceOf = `case when e.suspected_substances && ${OPIOIDS} and e.suspected_substances && ${STIMULANTS} then 'OPIOIDS_AND_STIMULANTS'
  when e.suspected_substances && ${OPIOIDS} then 'OPIOIDS' when e.suspected_substances && ${STIMULANTS} then 'STIMULANTS'
  when e.suspected_substances <> '{}' and not e.suspected_substances && '{UNKNOWN}'::text[] then 'OTHER' else 'UNKNOWN' end`;
const dosesOf = `case when not e.is_naloxone_given then 'NONE' when e.doses is null then 'UNKNOWN' when e.doses >= 4 then '4_OR_MORE' else e.doses::text end`;

/** By the number of a step: what came that far and no further. */
const onlyStep = (steps: readonly string[]): string => `(array[${steps.map((step) => `'${step}'`).join(',')}])`;
const EVENT_STEPS = [
  ...['NO_CONTACT', 'CONTACT_ONLY', 'REFERRED_ONLY', 'OFFERED_ONLY', 'ACCEPTED_ONLY', 'ARRIVED_ONLY', 'ADMITTED_ONLY'],
  ...['DAY_30_ONLY', 'DAY_90'],
];
const REFERRAL_STEPS = ['NEVER_OFFERED', ...EVENT_STEPS.slice(3)];

/**
 * Overdoses with what followed: the first contact of outreach, and the referrals of the same person within 90 days. The person is the
 * cluster of records that identity resolution holds for one.
 */
export const overdoseFacts = `
  select array[case when e.is_fatal then 'DEATHS' else ${onlyStep(EVENT_STEPS)}[e.step + 1] end, case when e.is_naloxone_given then 'GIVEN' else 'NOT_GIVEN' end] as measures,
    1 as weight, e.county_fips as county, e.occurred_at as at,
    jsonb_build_object('AGE', ${ageBand('e.age_years')}, 'SEX', coalesce(e.sex, 'UNKNOWN'), 'RACE', coalesce(e.race, 'UNKNOWN'), 'PAYER', coalesce(e.payer, 'UNKNOWN'),
      'SUBSTANCE', ${substanceOf}, 'DOSES', ${dosesOf}, 'TIME_TO_CONTACT', ${timeBand('e.occurred_at', 'e.reached_at')},
      'TIME_TO_REFERRAL', ${timeBand('e.occurred_at', 'e.submitted_at')}, 'TIME_TO_ADMISSION', ${timeBand('e.occurred_at', 'e.admitted_at')}) as groups
  from (
    with steps as materialized (
      select s.*, coalesce(pc.cluster_id, s.person_id) as who from (${stepsOfReferrals('$1::timestamptz', `$2::timestamptz + interval '90 days'`)}) s
      left join person_cluster pc on pc.person_id = s.person_id),
    known as materialized (
      select er.event_id, coalesce(pc.cluster_id, o.person_id) as who from overdose_event_report er join overdose_report o on o.id = er.report_id
      left join person_cluster pc on pc.person_id = o.person_id where er.until_at is null and o.person_id is not null and o.occurred_at >= $1::timestamptz - interval '2 days' and o.occurred_at < $2::timestamptz + interval '2 days'),
    came as materialized (
      select e.id, max(s.step) as step, min(s.submitted_at) as submitted_at, min(s.admitted_at) as admitted_at, max(s.need ->> 'payer') as payer
      from overdose_event e join known k on k.event_id = e.id
      join steps s on s.who = k.who and s.submitted_at >= e.occurred_at and s.submitted_at < e.occurred_at + interval '90 days'
      where e.ended_at is null and e.occurred_at >= $1::timestamptz and e.occurred_at < $2::timestamptz group by e.id)
    select e.*, x.reached_at, came.submitted_at, came.admitted_at, came.payer,
      coalesce(came.step, case when x.reached_at is null then 0 else 1 end) as step
    from overdose_event e left join came on came.id = e.id
    left join lateral (select min(c.reached_at) as reached_at from outreach_case_event ce join outreach_case c on c.id = ce.case_id
      where ce.event_id = e.id and ce.until_at is null) x on true
    where e.ended_at is null and e.occurred_at >= $1::timestamptz and e.occurred_at < $2::timestamptz) e`;

export const referralFacts = `
  select array[${onlyStep(REFERRAL_STEPS)}[r.step - 1]] || case when r.step < 4 then '{}'::text[] when r.no_shows = 0 then array['NEVER_MISSED'] else array['MISSED'] end
      || array[${clockOn('INFO_PROVIDED', 'k.referral_id = r.id')}] || case when r.step < 5 then '{}'::text[] else array[${clockOn('ARRIVAL_DECIDED', 'k.referral_id = r.id')}] end
      || ${clocksOn(['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'], 'k.referral_id = r.id', 'NOT_FOLLOWED')} as measures,
    1 as weight, ${firstCounty('r.sender_agency_id')} as county, r.submitted_at as at,
    jsonb_build_object('PATHWAY', r.pathway, ${whoOfReferral}, 'TIME_TO_OFFER', ${timeBand('r.submitted_at', 'r.offered_at')},
      'TIME_TO_ACCEPTANCE', ${timeBand('r.submitted_at', 'r.accepted_at')}, 'TIME_TO_ARRIVAL', ${timeBand('r.submitted_at', 'r.arrived_at')},
      'TIME_TO_ADMISSION', ${timeBand('r.submitted_at', 'r.admitted_at')}) as groups
  from (${stepsOfReferrals('$1::timestamptz', '$2::timestamptz')}) r join person p on p.id = r.person_id`;

/** An accepted offer is missed when the referral was missed between its acceptance and the next. */
const missed = `exists (select 1 from referral_change c where c.referral_id = o.referral_id and c.to_state = 'NO_SHOW' and c.at >= o.ended_at
  and not exists (select 1 from offer n where n.referral_id = o.referral_id and n.state = 'ACCEPTED' and n.id <> o.id and n.ended_at > o.ended_at and n.ended_at <= c.at))`;
const ofOffer = 'k.referral_id = o.referral_id and k.subject_id = o.id';
export const offerFacts = `
  select array[case when o.state in ('PENDING','ACKNOWLEDGED') then 'WAITING' when o.state = 'DECLINED' then 'DECLINED_' || o.decline_reason
      when o.state <> 'ACCEPTED' then o.state when ${missed} then 'MISSED' else 'CAME' end]
      || ${clocksOn(['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'], ofOffer, 'AT_ONCE')} as measures, 1 as weight, o.referral_id as thing,
    coalesce(g.county_fips, 'NONE') as county, o.created_at as at,
    jsonb_build_object('PROGRAM', g.name || ', ' || a.name, 'TIME_TO_ANSWER', ${timeBand('o.created_at', 'o.ended_at')}, ${whoOfReferral}) as groups
  from offer o join program g on g.id = o.program_id join agency a on a.id = g.agency_id join referral r on r.id = o.referral_id
  join person p on p.id = r.person_id where o.created_at >= $1::timestamptz and o.created_at < $2::timestamptz`;

export const needFacts = `
  select array[case when u.resolved_at is null then 'STILL_UNMET' else 'FOUND_LATER' end] as measures, 1 as weight, u.referral_id as thing,
    coalesce(u.county_fips, 'NONE') as county, u.at as at, jsonb_build_object('RULE', coalesce(u.rules[1], 'NONE'), ${whoOfReferral}) as groups
  from unmet_need u join referral r on r.id = u.referral_id join person p on p.id = r.person_id where u.at >= $1::timestamptz and u.at < $2::timestamptz`;

const ofWait = 'k.referral_id = w.referral_id';
export const waitFacts = `
  select array[case when w.ended_at is null then 'STILL_WAITING' when w.end_reason in ('PLACED','REFERRAL_ENDED') then w.end_reason else 'REMOVED' end,
      ${clockOn('INTERIM_SERVICES', ofWait)}, ${clockOn('WAITLIST_CONTACT', ofWait)}, ${clockOn('ADMISSION', ofWait, ['ADMISSION', 'ADMISSION_WITH_INTERIM', 'PLACE_FOUND'])},
      ${clockOn('BRIDGE_ENDS', ofWait)}, ${clockOn('INTERIM_METHADONE_ENDS', ofWait)}] as measures,
    1 as weight, ${firstCounty('r.sender_agency_id')} as county, w.requested_at as at,
    jsonb_build_object('TIER', w.tier, 'TIME_WAITED', ${timeBand('w.requested_at', 'coalesce(w.ended_at, app.now())')}, ${whoOfReferral}) as groups
  from waitlist_entry w join referral r on r.id = w.referral_id join person p on p.id = r.person_id
  where w.requested_at >= $1::timestamptz and w.requested_at < $2::timestamptz`;
