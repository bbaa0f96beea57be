import { Injectable } from '@nestjs/common';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { SupportMeetingEntity } from './support-meeting.entity';

/** A meeting as a published list has it. The same `source` and `sourceKey` is the same meeting on the next import. */
export type ListedMeeting = Omit<SupportMeetingEntity, 'id' | 'importId'>;

const types = {
  source: 'text',
  source_key: 'text',
  name: 'text',
  weekday: 'integer',
  start_minute: 'integer',
  duration_minutes: 'integer',
  time_zone: 'text',
  venue_kind: 'text',
  venue: 'text',
  street: 'text',
  city: 'text',
  state: 'text',
  postal_code: 'text',
  directions: 'text',
  county_fips: 'text',
  latitude: 'double precision',
  longitude: 'double precision',
  online_url: 'text',
  dial_in: 'text',
  language: 'text',
  formats: 'jsonb',
  is_published: 'boolean',
} as const;
const camelCase = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const listed = Object.keys(types) as (keyof typeof types)[];
const shape = listed.map((column) => `"${camelCase(column)}" ${types[column]}`).join(', ');
const facts = listed.slice(2);
const each = (prefix: string): string => facts.map((column) => `${prefix}.${column}`).join(', ');

const list = sql<{ isChanged: boolean }>(
  `with old as materialized (select * from support_meeting where (source, source_key) in
     (select w.source, w."sourceKey" from jsonb_to_recordset($1) as w(source text, "sourceKey" text))),
   written as (
     insert into support_meeting (${listed.join(', ')}, import_id)
     select ${listed.map((column) => `w."${camelCase(column)}"`).join(', ')}, $2 from jsonb_to_recordset($1) as w(${shape})
     on conflict (source, source_key) do update set ${facts.map((column) => `${column} = excluded.${column}`).join(', ')},
       import_id = excluded.import_id returning *)
   select (${each('written')}) is distinct from (${each('old')}) as "isChanged"
   from written left join old on old.id = written.id`,
);
const count = sql<{ listed: number; gone: number }>(
  `select count(*)::int as listed, count(*) filter (where import_id <> $2)::int as gone
   from support_meeting where source = $1 and is_published`,
);
const withdraw = sql(
  'update support_meeting set is_published = false where source = $1 and is_published and import_id <> $2',
);

/** Meetings from a published list, many at once. */
@Injectable()
export class ListedMeetingsStore {
  /** How many are new or differ; no source may name a key twice in one call. */
  async list(tx: SystemTx, meetings: readonly ListedMeeting[], importId: string): Promise<number> {
    const rows = await tx.query(list, [JSON.stringify(meetings), importId]);
    return rows.filter(({ isChanged }) => isChanged).length;
  }

  /** How many of a source are shown, and how many of them this import has not named. */
  count(tx: SystemTx, source: string, importId: string): Promise<{ listed: number; gone: number }> {
    return tx.one(count, [source, importId]);
  }

  /** Shows no more what this import of the source has not named. */
  withdraw(tx: SystemTx, source: string, importId: string): void {
    tx.post(withdraw, [source, importId]);
  }
}
