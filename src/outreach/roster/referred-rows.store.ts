import { Injectable } from '@nestjs/common';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { CaseRow } from './outreach-case.entity';
import { isOnTeam } from './outreach-cases.store';

const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('outreach-referral ' || $1::uuid, 0))`);
// Of rows that the actor’s own teams work on: what another team sent is not theirs to hear. Whom a family’s row is of nobody refers.
const referralsOf = sql<{ id: string }>(
  `select distinct r.referral_id as id from outreach_case o join outreach_case r on r.id = o.id or r.joined_into = o.id
   where r.referral_id is not null and o.kind <> 'FAMILY' and (o.id = $1 or o.state <> 'VOID' and ${isOnTeam('o.program_id')}
     and (o.person_key = $2 or o.person_key in (select pc.person_id from person_cluster pc where pc.cluster_id = $2)))`,
);

/** What was sent of a person from rows of the roster. */
@Injectable()
export class ReferredRowsStore {
  /** Of two who refer one person from two rows at once the second waits, and sees what the first sent. */
  takeTurn(tx: SystemTx, cluster: string): void {
    tx.post(takeTurn, [cluster]);
  }

  /** From this row, from others of the person behind it, and from those that were joined into one of them. */
  async referralsOf(tx: SystemTx, { id }: Pick<CaseRow, 'id'>, cluster: string | null): Promise<string[]> {
    return (await tx.query(referralsOf, [id, cluster])).map((row) => row.id);
  }
}
