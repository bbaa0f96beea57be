import { Injectable } from '@nestjs/common';
import type { ConsentScope } from '../access';
import { sealOfRow, type RowSeal } from '../platform/audit/sealed-rows';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { SEALED_CONSENT, SEALED_REVOCATION } from './consent-seals';
import { ConsentRevocationEntity } from './consent.entity';
import { consentColumns, type ConsentRow } from './consents.store';
import type { RevocationMethod, Signer } from './engine/vocabulary';

export type RevocationRow = ConsentRevocationEntity & Pick<ConsentRow, 'personId' | 'relations' | 'consents'>;

/** What rests on consents of a person that an agency recorded, since when. */
export interface Resting {
  readonly id: string;
  readonly personId: string;
  readonly recordedByAgencyId: string;
  readonly since: Date;
}

/** The agencies that a consent still in force speaks to. */
export interface RecipientsLeft {
  readonly id: string;
  readonly agencyIds: readonly string[];
}

/** Who asked for it, and how. */
export interface Asked {
  readonly askedBy: Signer;
  readonly method: RevocationMethod;
}

const lockOwn = sql<ConsentRow>(
  `select ${consentColumns} from consent c where c.id = $1 and c.recorded_by_agency_id = app.agency() for update of c`,
);
// In one order, so that two who revoke at once wait for each other and do not block each other.
const lockOfPersons = sql<ConsentRow>(
  `select ${consentColumns} from consent c
   where c.person_id = any($1::uuid[]) and c.revoked_at is null and c.text_version is not null order by c.id for update of c`,
);
const keep = sql(`update consent set in_force = $2, revoked_at = case when $3 then $4::timestamptz end where id = $1`);
const insert = sql(
  `insert into consent_revocation (id, consent_id, scopes, is_whole, asked_by, method, recorded_by_agency_id, recorded_by, revoked_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const recipientsLeft = sql<RecipientsLeft>(
  `select w.id, array(
     select g.id from agency g where exists (
       select 1 from consent c where c.person_id = w."personId" and $2 = any(c.in_force) and app.is_in_force(c)
         and (c.recipient_agency_id = g.id
           or c.recipient_kind = 'TREATING_PROVIDERS' and g.kind in ('TREATMENT_PROVIDER','HOSPITAL','EMS')))) as "agencyIds"
   from jsonb_to_recordset($1) as w(id uuid, "personId" uuid, "recordedByAgencyId" uuid, since timestamptz)
   where exists (
     select 1 from consent c join consent_revocation v on v.consent_id = c.id
     where c.person_id = w."personId" and c.recorded_by_agency_id = w."recordedByAgencyId"
       and $2 = any(v.scopes) and v.revoked_at >= w.since)`,
);
const ofConsents = sql<RevocationRow>(
  `select ${selectList(ConsentRevocationEntity, 'v')}, c.person_id as "personId", array_remove(array[
     case when c.recorded_by_agency_id = app.agency() then 'OWN_AGENCY' end,
     case when c.recipient_agency_id = app.agency() then 'KNOWN' end], null) as relations, '{}'::text[] as consents
   from consent_revocation v join consent c on c.id = v.consent_id where v.consent_id = any($1::uuid[]) order by v.revoked_at, v.id`,
);

@Injectable()
export class RevocationsStore {
  /** Locks a consent that the actor’s agency recorded. */
  async lockOwn(tx: Tx, id: string): Promise<ConsentRow | undefined> {
    return (await tx.query(lockOwn, [id]))[0];
  }

  /** Locks every consent of these persons that is not revoked, whoever recorded it. */
  lockOfPersons(tx: SystemTx, personIds: readonly string[]): Promise<ConsentRow[]> {
    return tx.query(lockOfPersons, [personIds]);
  }

  /** Takes scopes back; a consent of which nothing is left is revoked. Answers what the entry says of both rows. */
  revoke(tx: SystemTx, consent: ConsentRow, scopes: readonly ConsentScope[], { askedBy, method }: Asked): RowSeal[] {
    const left = consent.inForce.filter((scope) => !scopes.includes(scope));
    const isWhole = left.length === 0;
    const { agencyId, id: actorId } = tx.actor;
    tx.post(keep, [consent.id, left, isWhole, tx.asOf]);
    const revoked = { id: newId(), consentId: consent.id, scopes, isWhole, askedBy, method };
    tx.post(insert, [...Object.values(revoked), agencyId, actorId, tx.asOf]);
    const by = { recordedByAgencyId: agencyId, recordedBy: actorId, revokedAt: tx.asOf };
    return [
      sealOfRow(SEALED_CONSENT, Object.assign({}, consent, { inForce: left, revokedAt: isWhole ? tx.asOf : null })),
      sealOfRow(SEALED_REVOCATION, { ...revoked, ...by }),
    ];
  }

  /** Of those of which a consent with the scope was taken back. `reader` must be the system’s. */
  recipientsLeft(reader: Reader, all: readonly Resting[], scope: ConsentScope): Promise<RecipientsLeft[]> {
    return reader.query(recipientsLeft, [JSON.stringify(all), scope]);
  }

  ofConsents(reader: Reader, consentIds: readonly string[]): Promise<RevocationRow[]> {
    return reader.query(ofConsents, [consentIds]);
  }
}
