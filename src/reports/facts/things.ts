import { clockBooks } from '../report-books';
import { endOfClocks, firstCounty } from './terms';

const arrayOf = (kinds: readonly string[]): string => `'{${kinds.join(',')}}'::text[]`;
const groupsOfKinds = clockBooks.CLOCKS.map(({ kinds }): readonly string[] => kinds);
/** Of each group of kinds that one of these belongs to: those that are not among them. */
const missing = groupsOfKinds
  .filter((kinds) => kinds.length > 1)
  .map(
    (kinds) =>
      `array(select one || '_NONE' from unnest(${arrayOf(kinds)}) one where t.kinds && ${arrayOf(kinds)} and one <> all (t.kinds))`,
  )
  .join(' || ');
/** A pool is due every day anew, and is nobody: each time counts. */
const subjectOfClock = `case when k.kind in ('CAPACITY_NOTICE','CENSUS_FRESH') then k.id else k.subject_id end`;

/** Clocks of what no other report counts: exposures, notices and the like, once each. Of whom is not told. */
export const clockFacts = `
  select t.measures || ${missing} as measures,
    1 as weight, t.county, t.at, '{"AGE":"UNKNOWN","SEX":"UNKNOWN","RACE":"UNKNOWN","PAYER":"UNKNOWN"}'::jsonb as groups
  from (
    select e.subject_id, array_agg(e.kind) as kinds, array_agg(e.kind || '_' || e.ended) as measures, min(e.county) as county, min(e.at) as at
    from (
      select ${subjectOfClock} as subject_id, k.kind, ${endOfClocks} as ended, min(${firstCounty('k.owner_agency_id')}) as county, min(k.started_at) as at
      from clock k where k.started_at >= $1::timestamptz and k.started_at < $2::timestamptz
        and k.kind = any (${arrayOf(groupsOfKinds.flat())}) group by 1, 2) e
    group by e.subject_id) t`;

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

/** Doses of one use that come from several boxes are several entries of one moment and hand. */
const oneUse = `concat_ws('/', m.agency_id, m.by_id, m.at, m.because, l.product)`;
export const doseFacts = `
  select array[w.measure] as measures, w.weight, w.thing, ${firstCounty('m.agency_id')} as county, m.at as at, jsonb_build_object('PRODUCT', l.product) as groups
  from naloxone_movement m join naloxone_lot l on l.id = m.lot_id
  cross join lateral (
    select case when m.kind = 'USED' then m.because else m.kind end as measure, abs(m.change) as weight, case when m.kind = 'USED' then ${oneUse} end as thing
    union all select m.because || '_TIMES', 1, ${oneUse} where m.kind = 'USED' and not exists (
      select 1 from naloxone_movement f join naloxone_lot fl on fl.id = f.lot_id where f.agency_id = m.agency_id and f.kind = 'USED' and f.because = m.because and f.at = m.at and f.by_id = m.by_id and fl.product = l.product and f.id < m.id)) w
  where m.kind <> 'COUNTED' and m.at >= $1::timestamptz and m.at < $2::timestamptz`;

export const alertFacts = `
  select array[s.state] as measures, 1 as weight, s.county_fips as county, s.opened_at as at, '{}'::jsonb as groups
  from spike_alert s where s.opened_at >= $1::timestamptz and s.opened_at < $2::timestamptz`;
