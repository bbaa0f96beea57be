import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import { roomClockKinds } from './clock-kinds';
import { ClockEntity, ClockSettingEntity } from './clock.entity';

export type RoomClockRow = ClockEntity &
  Facts & {
    readonly poolId: string | null;
    readonly programId: string | null;
    readonly isBreached: boolean;
    readonly isAskedFor: boolean;
    readonly dueAtText: string;
  };
export type ClockSettingRow = ClockSettingEntity & Facts;

const columns = `${selectList(ClockEntity, 'c')},
  case c.subject_type when 'BedPool' then c.subject_id end as "poolId", case c.subject_type when 'Program' then c.subject_id end as "programId",
  coalesce(c.breached_at >= c.due_at, false) or c.due_at <= coalesce(c.ended_at, app.now()) as "isBreached", c.step > 0 as "isAskedFor",
  to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAtText",
  array_remove(array[case when c.owner_agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations, '{}'::text[] as consents`;
/** Those of other rooms hang on no referral either, and may tell of a person. */
const isOfRoom = `c.kind in (${roomClockKinds.map((kind) => `'${kind}'`).join()})`;
const page = sql<RoomClockRow>(
  `select ${columns} from clock c
   where c.owner_agency_id = app.agency() and c.ended_at is null and ${isOfRoom}
     and ($2::timestamptz is null or (c.due_at, c.id) > ($2, $3::uuid)) order by c.due_at, c.id limit $1`,
);
const byIds = sql<RoomClockRow>(`select ${columns} from clock c where c.id = any($1::uuid[]) and ${isOfRoom}`);
const lock = sql<RoomClockRow>(`select ${columns} from clock c where c.id = $1 and ${isOfRoom} for no key update of c`);
const settings = sql<ClockSettingRow>(
  `select ${selectList(ClockSettingEntity, 's')}, '{}'::text[] as relations, '{}'::text[] as consents from clock_setting s where s.id = any($1::uuid[])`,
);
const isProgramOf = sql<{ isIts: boolean }>(
  `select exists (select 1 from agency a where a.id = $1)
     and ($2::uuid is null or exists (select 1 from program p where p.id = $2 and p.agency_id = $1)) as "isIts"`,
);
const addSetting = sql(
  `insert into clock_setting (id, agency_id, program_id, kind, lasts, valid_from, set_by) values ($1, $2, $3, $4, $5, $6, $7)`,
);

@Injectable()
export class RoomClocksStore {
  /** Due first; one more than asked for where more follow. */
  page(reader: Reader, first: number, after: Keyset | null): Promise<RoomClockRow[]> {
    return reader.query(page, [first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<RoomClockRow[]> {
    return reader.query(byIds, [ids]);
  }

  async lock(tx: Tx, id: string): Promise<RoomClockRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  settings(reader: Reader, ids: readonly string[]): Promise<ClockSettingRow[]> {
    return reader.query(settings, [ids]);
  }

  async isProgramOf(reader: Reader, agencyId: string, programId: string | null): Promise<boolean> {
    return (await reader.query(isProgramOf, [agencyId, programId]))[0]?.isIts ?? false;
  }

  addSetting(tx: SystemTx, setting: Omit<ClockSettingEntity, 'id' | 'setBy'>): string {
    const id = newId();
    const { agencyId, programId, kind, lasts, validFrom } = setting;
    tx.post(addSetting, [id, agencyId, programId, kind, lasts, validFrom, tx.actor.id]);
    return id;
  }
}
