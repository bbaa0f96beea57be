import { Injectable } from '@nestjs/common';
import type { ConsentScope, Relation } from '../access';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { ConsentEntity } from './consent.entity';

export type ConsentRow = ConsentEntity & {
  readonly isActive: boolean;
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
};

export interface SignedConsent {
  readonly scope: ConsentScope;
  readonly recipientAgencyId: string | null;
  readonly signedAt: Date;
  readonly expiresAt: Date;
}

const columns = `${selectList(ConsentEntity, 'c')},
  (c.revoked_at is null and c.expires_at > app.now()) as "isActive",
  array_remove(array[case when c.recorded_by_agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations,
  '{}'::text[] as consents`;
const byId = sql<ConsentRow>(`select ${columns} from consent c where c.id = any($1::uuid[])`);
const byPerson = sql<ConsentRow>(
  `select ${columns} from consent c where c.person_id = any($1::uuid[]) order by c.signed_at, c.id`,
);
const lock = sql<ConsentRow>(`select ${columns} from consent c where c.id = $1 for update`);
const insert = sql(
  `insert into consent (id, person_id, scope, recipient_agency_id, recorded_by_agency_id, recorded_by, signed_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const revoke = sql('update consent set revoked_at = $2 where id = $1 and revoked_at is null');
const revokeAll = sql<{ id: string }>(
  'update consent set revoked_at = $2 where person_id = $1 and revoked_at is null returning id',
);
const activeScopes = sql<{ scopes: ConsentScope[] }>('select app.active_consents($1, $2) as scopes');

@Injectable()
export class ConsentsStore {
  byId(reader: Reader, ids: readonly string[]): Promise<ConsentRow[]> {
    return reader.query(byId, [ids]);
  }

  byPerson(reader: Reader, personIds: readonly string[]): Promise<ConsentRow[]> {
    return reader.query(byPerson, [personIds]);
  }

  async lock(tx: Tx, id: string): Promise<ConsentRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  insert(tx: Tx, personId: string, consent: SignedConsent): string {
    const id = newId();
    const { scope, recipientAgencyId, signedAt, expiresAt } = consent;
    tx.post(insert, [id, personId, scope, recipientAgencyId, tx.actor.agencyId, tx.actor.id, signedAt, expiresAt]);
    return id;
  }

  revoke(tx: Tx, id: string): void {
    tx.post(revoke, [id, tx.asOf]);
  }

  /** Every consent of the person, whoever recorded it. */
  async revokeAll(tx: SystemTx, personId: string): Promise<string[]> {
    return (await tx.query(revokeAll, [personId, tx.asOf])).map(({ id }) => id);
  }

  async activeScopes(tx: Reader, personId: string, agencyId: string): Promise<readonly ConsentScope[]> {
    return (await tx.query(activeScopes, [personId, agencyId]))[0]?.scopes ?? [];
  }
}
