import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Box, Place } from './near';
import { SupportMeetingEntity } from './support-meeting.entity';

export type SupportMeetingRow = Omit<SupportMeetingEntity, 'isPublished' | 'source' | 'sourceKey' | 'importId'> &
  Facts & { readonly asOf: Date };

export interface MeetingsWanted {
  readonly place: Place;
  readonly box: Box;
  readonly mayBeOnline: boolean;
  readonly language: string | null;
}

/** The tightest city has some 400 within 15 miles; a whole region is never read for one page, nor every list's meetings online. */
const READ_LIMIT = 2_000;

const columns = selectList(SupportMeetingEntity, 'm', ['isPublished', 'source', 'sourceKey', 'importId']);
// Row-level security shows published meetings only, and so does the index.
const within = sql<SupportMeetingRow>(
  `select ${columns}, app.now() as "asOf", '{}'::text[] as relations, '{}'::text[] as consents from support_meeting m
   where m.is_published and (m.venue_kind <> 'ONLINE' and m.latitude between $1 and $2 and m.longitude between $3 and $4 or $5 and m.venue_kind = 'ONLINE')
     and ($6::text is null or m.language = $6)
   order by m.venue_kind = 'ONLINE', (m.latitude - $7) ^ 2 + ((m.longitude - $8) * cos(radians($7))) ^ 2, m.id limit ${READ_LIMIT}`,
);

@Injectable()
export class MeetingsStore {
  /** In a box of degrees, the nearest first; behind them those held online only, wherever they are listed, if wanted. */
  within(reader: Reader, { place, box, mayBeOnline, language }: MeetingsWanted): Promise<SupportMeetingRow[]> {
    const { latitude, longitude } = place;
    return reader.query(within, [box.south, box.north, box.west, box.east, mayBeOnline, language, latitude, longitude]);
  }
}
