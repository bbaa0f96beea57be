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
export type NewFlag = Omit<
  AtRiskFlagEntity,
  'id' | 'agencyId' | 'flaggedBy' | 'flaggedAt' | 'reachedAt' | 'tellBackEndedAt'
>;

// What comes back follows consent: the same word that a referral’s outcome needs.
const MAY_TELL = '(f.may_tell_back and f.tell_back_ended_at is null)';
const columns = `${selectList(AtRiskFlagEntity, 'f', ['mayTellBack'])}, ${MAY_TELL} as "mayTellBack", f.case_id is not null as "hasOutreach", array['OWN_AGENCY'] as relations,
  case when ${MAY_TELL} then '{OUTCOME_TO_SENDER}'::text[] else '{}' end as consents`;
const byIds = sql<AtRiskFlagRow>(`select ${columns} from at_risk_flag f where f.id = any($1::uuid[])`);
const page = sql<AtRiskFlagRow>(
  `select ${columns} from at_risk_flag f where f.agency_id = app.agency()
     and ($1::timestamptz is null or (f.flagged_at, f.id) < ($1, $2::uuid)) order by f.flagged_at desc, f.id desc limit $3`,
);
const insertion = insertionOf(AtRiskFlagEntity, 'at_risk_flag', ['reachedAt', 'tellBackEndedAt']);
// Under every record that is taken for the patient: the hospital may have typed them anew.
const endTelling = sql<{ id: string }>(
  `update at_risk_flag f set tell_back_ended_at = $3 where f.agency_id = $1 and ${MAY_TELL} and (f.person_id = $2 or f.person_id in (
     select o.person_id from person_cluster c join person_cluster o on o.cluster_id = c.cluster_id where c.person_id = $2)) returning f.id`,
);

@Injectable()
export class AtRiskFlagsStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<AtRiskFlagRow[]> {
    return reader.query(byIds, [ids]);
  }

  /** Of the actor’s agency, newest first. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<AtRiskFlagRow[]> {
    return reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  /** Of this patient the actor’s agency is told nothing more; whether it was told anything until now. */
  async endTelling(tx: SystemTx, personId: string): Promise<boolean> {
    return (await tx.query(endTelling, [tx.actor.agencyId, personId, tx.asOf])).length > 0;
  }

  insert(tx: SystemTx, flag: NewFlag): string {
    const id = newId();
    const { agencyId, id: flaggedBy } = tx.actor;
    tx.post(insertion.statement, insertion.valuesOf({ ...flag, id, agencyId, flaggedBy, flaggedAt: tx.asOf }));
    return id;
  }
}
