import { randomUUID } from 'node:crypto';
import { asOwner, type OwnedDatabase } from './agencies';

export interface MeetingTraits {
  readonly name?: string;
  /** ISO: 1 is Monday. */
  readonly weekday?: number;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** A published meeting in Chillicothe, every week at seven in the evening, on Mondays unless told otherwise. */
export const buildMeeting = async (db: OwnedDatabase, traits: MeetingTraits = {}): Promise<void> => {
  const { name = 'Sample group', weekday = 1, latitude = 39.3331, longitude = -82.9824 } = traits;
  await asOwner(
    db,
    `insert into support_meeting (source, source_key, name, weekday, start_minute, duration_minutes, time_zone, venue_kind, city,
       latitude, longitude, language, formats, is_published, import_id)
     values ('built', $1::text, $2, $5, 1140, 90, 'America/New_York', 'IN_PERSON', 'Chillicothe', $3, $4, 'en', '[]', true, $1::uuid)`,
    [randomUUID(), name, latitude, longitude, weekday],
  );
};

export interface OutreachProgramTraits {
  readonly agencyId: string;
  readonly countyFips?: readonly string[];
  /** In the team already. */
  readonly teamAgencyIds?: readonly string[];
  readonly visitorKinds?: readonly string[];
  readonly leaveBehind?: string;
}

/** A program of Ross County unless told otherwise. */
export const buildOutreachProgram = async (db: OwnedDatabase, traits: OutreachProgramTraits): Promise<string> => {
  const { agencyId, countyFips = ['39141'], teamAgencyIds = [], visitorKinds = ['OUTREACH_TEAM'] } = traits;
  const id = randomUUID();
  await asOwner(
    db,
    `with made as (
       insert into outreach_program (id, agency_id, name, public_name, phone, time_zone, leave_behind, visitor_kinds, is_plain_clothes, is_active)
       values ($1, $2, 'Sample PORT', 'Sample Neighbors', '740-555-0199', 'America/New_York', $3, $4, true, true) returning id),
     area as (insert into outreach_area (program_id, county_fips) select made.id, unnest($5::text[]) from made)
     insert into outreach_team (program_id, agency_id, agreed_at) select made.id, unnest($6::uuid[]), now() from made`,
    [id, agencyId, traits.leaveBehind ?? 'CONTACT_ONLY', visitorKinds, countyFips, teamAgencyIds],
  );
  return id;
};
