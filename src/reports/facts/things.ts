import { firstCounty, whoOfReferral } from './terms';

export const clockFacts = `
  select array[coalesce(c.ended_how, case when c.breach_count > 0 then 'BREACHED' else 'RUNNING' end)] as measures, 1 as weight,
    ${firstCounty('c.owner_agency_id')} as county, c.started_at as at, jsonb_build_object('KIND', c.kind, ${whoOfReferral}) as groups
  from clock c left join referral r on r.id = c.referral_id left join person p on p.id = r.person_id
  where c.started_at >= $1::timestamptz and c.started_at < $2::timestamptz`;

/**
 * Days of places: each census stands for the midnights from its attestation to the next, or until now. A census that was followed by
 * another on the same day stands for none.
 */
export const placeFacts = `
  select array[m.measure] as measures, m.places * s.days as weight, coalesce(g.county_fips, 'NONE') as county, s.month at time zone 'America/New_York' as at,
    jsonb_build_object('LEVEL_OF_CARE', b.level_of_care, 'PROGRAM', g.name || ', ' || a.name) as groups
  from (
    select c.pool_id, c.staffed, c.occupied, c.held, t.month, extract(day from least(c.until_day, t.month + interval '1 month') - greatest(c.from_day, t.month))::int as days
    from (
      select n.pool_id, n.staffed, n.occupied, n.held, date_trunc('day', greatest(n.attested_at, $1::timestamptz) at time zone 'America/New_York') as from_day,
        date_trunc('day', least(coalesce(lead(n.attested_at) over (partition by n.pool_id order by n.attested_at, n.id), app.now()), app.now(), $2::timestamptz) at time zone 'America/New_York') as until_day
      from census n where n.attested_at < $2::timestamptz) c
    cross join lateral generate_series(date_trunc('month', c.from_day), c.until_day, interval '1 month') as t(month)
    where c.until_day > c.from_day) s
  join bed_pool b on b.id = s.pool_id and b.is_active join program g on g.id = b.program_id join agency a on a.id = g.agency_id
  cross join lateral (values ('OCCUPIED', s.occupied), ('HELD', least(s.held, s.staffed - s.occupied)), ('OPEN', s.staffed - s.occupied - least(s.held, s.staffed - s.occupied))) m(measure, places)
  where s.days > 0`;

export const doseFacts = `
  select array[case when m.kind = 'USED' then m.because else m.kind end] as measures, abs(m.change) as weight, ${firstCounty('m.agency_id')} as county, m.at as at,
    jsonb_build_object('PRODUCT', l.product) as groups
  from naloxone_movement m join naloxone_lot l on l.id = m.lot_id where m.kind <> 'COUNTED' and m.at >= $1::timestamptz and m.at < $2::timestamptz`;

export const alertFacts = `
  select array[s.state] as measures, 1 as weight, s.county_fips as county, s.opened_at as at, '{}'::jsonb as groups
  from spike_alert s where s.opened_at >= $1::timestamptz and s.opened_at < $2::timestamptz`;
