import { Injectable } from '@nestjs/common';
import type { Facts } from '../../access';
import { insertionOf, selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { Keyset } from '../../platform/graphql';
import { AtRiskFlagEntity } from './at-risk-flag.entity';

export type AtRiskFlagRow = AtRiskFlagEntity & Facts & { readonly hasOutreach: boolean };
export type NewFlag = Omit<AtRiskFlagEntity, 'id' | 'agencyId' | 'flaggedBy' | 'flaggedAt' | 'reachedAt'>;

// What comes back follows consent: the same word that a referral’s outcome needs.
const columns = `${selectList(AtRiskFlagEntity, 'f')}, f.case_id is not null as "hasOutreach", array['OWN_AGENCY'] as relations,
  case when f.may_tell_back then '{OUTCOME_TO_SENDER}'::text[] else '{}' end as consents`;
const byIds = sql<AtRiskFlagRow>(`select ${columns} from at_risk_flag f where f.id = any($1::uuid[])`);
const page = sql<AtRiskFlagRow>(
  `select ${columns} from at_risk_flag f where f.agency_id = app.agency()
     and ($1::timestamptz is null or (f.flagged_at, f.id) < ($1, $2::uuid)) order by f.flagged_at desc, f.id desc limit $3`,
);
const insertion = insertionOf(AtRiskFlagEntity, 'at_risk_flag', ['reachedAt']);

@Injectable()
export class AtRiskFlagsStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<AtRiskFlagRow[]> {
    return reader.query(byIds, [ids]);
  }

  /** Of the actor’s agency, newest first. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<AtRiskFlagRow[]> {
    return reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  insert(tx: SystemTx, flag: NewFlag): string {
    const id = newId();
    const { agencyId, id: flaggedBy } = tx.actor;
    tx.post(insertion.statement, insertion.valuesOf({ ...flag, id, agencyId, flaggedBy, flaggedAt: tx.asOf }));
    return id;
  }
}
