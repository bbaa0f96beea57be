/** Pieces of SQL that several books use. None of them is made from input. */
export const ageBand = (age: string): string =>
  `case when ${age} is null then 'UNKNOWN' when ${age} < 18 then 'UNDER_18' when ${age} < 25 then '18_TO_24' when ${age} < 35 then '25_TO_34'
     when ${age} < 45 then '35_TO_44' when ${age} < 55 then '45_TO_54' when ${age} < 65 then '55_TO_64' else '65_AND_OVER' end`;

/** How long it took from one moment to another; NOT_YET where the other is not there. */
export const timeBand = (from: string, until: string): string =>
  `case when ${until} is null then 'NOT_YET' when ${until} < ${from} + interval '1 hour' then 'UNDER_1_HOUR'
     when ${until} < ${from} + interval '4 hours' then '1_TO_4_HOURS' when ${until} < ${from} + interval '1 day' then '4_TO_24_HOURS'
     when ${until} < ${from} + interval '3 days' then '1_TO_3_DAYS' when ${until} < ${from} + interval '7 days' then '3_TO_7_DAYS'
     when ${until} < ${from} + interval '30 days' then '7_TO_30_DAYS' else '30_DAYS_AND_OVER' end`;

/** Agencies that work in several counties count in the first; in none: nowhere. */
export const firstCounty = (agencyId: string): string =>
  `coalesce((select min(j.county_fips) from agency_jurisdiction j where j.agency_id = ${agencyId}), 'NONE')`;

/** Who a referral is for, as far as is known. `r` is the referral, `p` its person; either may be missing. */
export const whoOfReferral = `'AGE', ${ageBand(`(r.need ->> 'age')::int`)}, 'SEX', coalesce(r.need ->> 'sex', 'UNKNOWN'),
  'RACE', coalesce(p.race, 'UNKNOWN'), 'PAYER', coalesce(r.need ->> 'payer', 'UNKNOWN')`;

/** How far each referral of a period came, and when: 2 referred, 3 offered, 4 accepted, 5 arrived, 6 admitted, 7 day 30, 8 day 90. */
export const stepsOfReferrals = (from: string, until: string): string => `
  select r.id, r.person_id, r.submitted_at, r.need, r.pathway, r.sender_agency_id, r.no_shows, o.offered_at, c.accepted_at, c.arrived_at, c.admitted_at,
    case when k.is_day_90 then 8 when k.is_day_30 then 7 when c.admitted_at is not null then 6 when c.arrived_at is not null then 5
      when c.accepted_at is not null then 4 when o.offered_at is not null then 3 else 2 end as step
  from referral r
  left join lateral (select min(f.created_at) as offered_at from offer f where f.referral_id = r.id) o on true
  left join lateral (select min(h.at) filter (where h.to_state = 'ACCEPTED') as accepted_at, min(h.at) filter (where h.to_state = 'ARRIVED') as arrived_at,
      min(h.at) filter (where h.to_state = 'ADMITTED') as admitted_at
    from referral_change h where h.referral_id = r.id) c on true
  left join lateral (select bool_or(w.kind = 'FOLLOW_UP_DAY_30') as is_day_30, bool_or(w.kind = 'FOLLOW_UP_DAY_90') as is_day_90
    from clock w where w.referral_id = r.id and w.kind in ('FOLLOW_UP_DAY_30','FOLLOW_UP_DAY_90') and w.answer like 'REACHED%' and c.admitted_at is not null) k on true
  where r.submitted_at >= ${from} and r.submitted_at < ${until}`;

/** How clocks ended, where each `k` is one: breached goes before kept, and kept before running or nothing left to do. */
export const endOfClocks = `case when bool_or(k.ended_how = 'BREACHED' or k.ended_how is null and k.breach_count > 0) then 'BREACHED'
  when bool_or(k.ended_how = 'MET') then 'MET' else 'OTHER' end`;

/** How the clocks of these kinds ended that run on one thing of a referral, as a measure of a book. */
export const clockOn = (measure: string, on: string, kinds: readonly string[] = [measure]): string =>
  `(select '${measure}_' || case when count(*) = 0 then 'NONE' else ${endOfClocks} end from clock k
     where ${on} and k.kind in (${kinds.map((kind) => `'${kind}'`).join(',')}))`;

/** The same of kinds that start together, as measures; or the one measure of what has none of them. */
export const clocksOn = (kinds: readonly string[], on: string, none: string): string =>
  `(select case when bool_and(one like '%\\_NONE') then array['${none}'] else array_agg(one) end from unnest(array[${kinds.map((kind) => clockOn(kind, on)).join(', ')}]) one)`;
