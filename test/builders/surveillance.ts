import type { TestApp } from '../setup/app';
import { buildAgency } from './agencies';

/** What a county has reported: so many overdoses, evenly over so many days up to three days ago, or to another moment. */
export interface QuietYear {
  readonly countyFips: string;
  readonly events: number;
  readonly days: number;
  readonly until?: Date;
}

/** Written past every policy, each with one report of an ambulance service of the county and
 * an ended row of the roster. */
export const buildQuietYear = async (app: TestApp, { countyFips, events, days, until }: QuietYear): Promise<void> => {
  const { id } = await buildAgency(app.database, { kind: 'EMS', jurisdictions: [countyFips] });
  await app.owner(
    `with made as (
       select uuidv7() as event, uuidv7() as report, coalesce($5::timestamptz, now() - interval '3 days') - n * ($3::float8 / $2) * interval '1 day' as at from generate_series(1, $2::int) n),
     reports as (
       insert into overdose_report (id, agency_id, reported_by, role, received_at, occurred_at, county_fips, is_fatal, is_naloxone_given)
       select report, $1, $1, 'MEDIC', at, at, $4, false, true from made),
     events as (
       insert into overdose_event (id, recorded_at, occurred_at, is_time_known, county_fips, is_fatal, is_naloxone_given, reports)
       select event, at, at, true, $4, false, true, 1 from made),
     cases as (
       insert into outreach_case (id, kind, state, week, county_fips, opened_at, changed_at, first_at, last_at, due_at, stop_at, language, closed_at, end_reason)
       select event, 'SURVIVOR', 'CLOSED', date_trunc('week', at)::date, $4, at, at, at, at, at, at, 'en', at, 'REPORTED_TOO_LATE' from made),
     stands as (
       insert into outreach_case_event (id, case_id, event_id, from_at, occurred_at, is_time_known, county_fips, is_fatal, is_naloxone_given, suspected_substances, has_refused_transport)
       select report, event, event, at, at, true, $4, false, true, '{}', false from made)
     insert into overdose_event_report (event_id, report_id, from_at, policy_version) select event, report, at, 'joining-1' from made`,
    [id, events, days, countyFips, until ?? null],
  );
};
