import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { HoldQuotaEntity } from './hold-quota.entity';

export type HoldQuotaRow = HoldQuotaEntity & Facts;

const quotasOf = sql<HoldQuotaRow>(
  `select ${selectList(HoldQuotaEntity, 'q')}, '{}'::text[] as relations, '{}'::text[] as consents
   from agency a, lateral app.hold_quota(a.id) q where a.id = any($1::uuid[])`,
);
const putQuota = sql<{ agencyId: string }>(
  `insert into hold_quota as q (agency_id, active_holds, pool_share_percent)
   select $1, coalesce($2, before.active_holds), coalesce($3, before.pool_share_percent) from app.hold_quota($1) before
   on conflict (agency_id) do update set active_holds = excluded.active_holds, pool_share_percent = excluded.pool_share_percent
   returning q.agency_id as "agencyId"`,
);

@Injectable()
export class HoldQuotasStore {
  ofAgencies(reader: Reader, agencyIds: readonly string[]): Promise<HoldQuotaRow[]> {
    return reader.query(quotasOf, [agencyIds]);
  }

  /** What is left out stays as it is. */
  async put(tx: SystemTx, agencyId: string, changes: Partial<Omit<HoldQuotaEntity, 'agencyId'>>): Promise<void> {
    await tx.one(putQuota, [agencyId, changes.activeHolds ?? null, changes.poolSharePercent ?? null]);
  }
}
