import { Injectable } from '@nestjs/common';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { LinkagePassEntity } from './person-link.entity';

export type Pass = LinkagePassEntity;
type PassKey = Pick<Pass, 'policyVersion' | 'indexKeyId'>;
type Progress = Pick<Pass, 'reached' | 'persons' | 'linked' | 'forReview'> & { readonly isFinished: boolean };

const columns = selectList(LinkagePassEntity, 'p');
const begin = sql(
  `insert into linkage_pass (id, policy_version, index_key_id, started_at) values ($1, $2, $3, $4) on conflict (policy_version, index_key_id) do nothing`,
);
const find = sql<Pass>(`select ${columns} from linkage_pass p where p.policy_version = $1 and p.index_key_id = $2`);
const lock = sql<Pass>(
  `select ${columns} from linkage_pass p where p.policy_version = $1 and p.index_key_id = $2 for no key update`,
);
const advance = sql(
  `update linkage_pass set reached = $2, persons = persons + $3, linked = linked + $4, for_review = for_review + $5,
     finished_at = case when $6 then $7::timestamptz end where id = $1`,
);
const personsAfter = sql<{ id: string }>(
  'select id from person where $1::uuid is null or id > $1 order by id limit $2',
);

// Part 2 records that are one with another agency’s although no consent says so any more.
const lapsed = sql<{ id: string }>(
  `select distinct p.id from person_cluster c join person p on p.id = c.person_id and p.is_part2
     join person_cluster o on o.cluster_id = c.cluster_id and o.person_id <> c.person_id
     join person q on q.id = o.person_id and q.source_agency_id is distinct from p.source_agency_id
   where not 'TREATMENT_PAYMENT_OPERATIONS' = any(app.active_consents(p.id, q.source_agency_id)) limit $1`,
);

/** How far everybody on file has been compared. */
@Injectable()
export class LinkagePassesStore {
  async find(reader: Reader, { policyVersion, indexKeyId }: PassKey): Promise<Pass | undefined> {
    return (await reader.query(find, [policyVersion, indexKeyId]))[0];
  }

  /** Begins it where there is none; two workers take turns. */
  lock(tx: SystemTx, { policyVersion, indexKeyId }: PassKey): Promise<Pass> {
    tx.post(begin, [newId(), policyVersion, indexKeyId, tx.asOf]);
    return tx.one(lock, [policyVersion, indexKeyId]);
  }

  async personsAfter(tx: SystemTx, reached: string | null, limit: number): Promise<string[]> {
    return (await tx.query(personsAfter, [reached, limit])).map(({ id }) => id);
  }

  async lapsed(reader: Reader, limit: number): Promise<string[]> {
    return (await reader.query(lapsed, [limit])).map(({ id }) => id);
  }

  advance(tx: SystemTx, id: string, { reached, persons, linked, forReview, isFinished }: Progress): void {
    tx.post(advance, [id, reached, persons, linked, forReview, isFinished, tx.asOf]);
  }
}
