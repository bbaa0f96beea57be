import { randomUUID } from 'node:crypto';
import { asOwner, type OwnedDatabase } from './agencies';

export interface MeetingTraits {
  readonly name?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** A published meeting in Chillicothe, every Monday at seven in the evening. */
export const buildMeeting = async (db: OwnedDatabase, traits: MeetingTraits = {}): Promise<void> => {
  const { name = 'Sample group', latitude = 39.3331, longitude = -82.9824 } = traits;
  await asOwner(
    db,
    `insert into support_meeting (source, source_key, name, weekday, start_minute, duration_minutes, time_zone, venue_kind, city,
       latitude, longitude, language, formats, is_published, import_id)
     values ('built', $1::text, $2, 1, 1140, 90, 'America/New_York', 'IN_PERSON', 'Chillicothe', $3, $4, 'en', '[]', true, $1::uuid)`,
    [randomUUID(), name, latitude, longitude],
  );
};
