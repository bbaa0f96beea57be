import { Injectable } from '@nestjs/common';
import type { ConsentScope, Relation } from '../access';
import { sealOfRow, type RowSeal } from '../platform/audit/sealed-rows';
import { columnNames, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import { SEALED_CONSENT } from './consent-seals';
import { ConsentEntity } from './consent.entity';

export type ConsentRow = ConsentEntity & {
  readonly isActive: boolean;
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
};
export type ListedConsent = ConsentRow & { readonly createdAtText: string };

/** A complete consent; who records it and when follows from the transaction. */
export type SignedConsent = Omit<
  ConsentEntity,
  'id' | 'personId' | 'inForce' | 'recordedByAgencyId' | 'recordedBy' | 'revokedAt' | 'expiryToldAt' | 'createdAt'
>;

// Row-level security shows a consent to who recorded it and to the agency it names.
export const consentColumns = `${selectList(ConsentEntity, 'c')}, app.is_in_force(c) as "isActive",
  array_remove(array[case when c.recorded_by_agency_id = app.agency() then 'OWN_AGENCY' end,
    case when c.recipient_agency_id = app.agency() then 'KNOWN' end], null) as relations,
  '{}'::text[] as consents`;
const byId = sql<ConsentRow>(`select ${consentColumns} from consent c where c.id = any($1::uuid[])`);
const byPerson = sql<ConsentRow>(
  `select ${consentColumns} from consent c where c.person_id = any($1::uuid[]) order by c.signed_at, c.id`,
);
const page = sql<ListedConsent>(
  `select ${consentColumns}, to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAtText"
   from consent c where c.person_id = $1 and ($2::timestamptz is null or (c.created_at, c.id) > ($2, $3::uuid))
   order by c.created_at, c.id limit $4`,
);
const LATER: readonly string[] = ['revokedAt', 'expiryToldAt', 'createdAt'];
const written = [...columnNames(ConsentEntity)].filter(([property]) => !LATER.includes(property));
const insert = sql(
  `insert into consent (${written.map(([, column]) => column).join(', ')})
   values (${written.map((_, index) => `$${index + 1}`).join(', ')})`,
);
const activeScopes = sql<{ scopes: ConsentScope[] }>('select app.active_consents($1, $2) as scopes');

const RECIPIENT = sealedField('consent', 'recipient_name');

@Injectable()
export class ConsentsStore {
  constructor(private readonly fields: FieldCipher) {}

  byId(reader: Reader, ids: readonly string[]): Promise<ConsentRow[]> {
    return this.opened(reader.query(byId, [ids]));
  }

  byPerson(reader: Reader, personIds: readonly string[]): Promise<ConsentRow[]> {
    return this.opened(reader.query(byPerson, [personIds]));
  }

  page(reader: Reader, personId: string, after: { createdAt: string; id: string } | null, limit: number) {
    return this.opened(reader.query(page, [personId, after?.createdAt ?? null, after?.id ?? null, limit]));
  }

  /** Answers its id, and what the entry says of it. */
  insert(tx: Tx, personId: string, consent: SignedConsent): { id: string; seal: RowSeal } {
    const { agencyId: recordedByAgencyId, id: recordedBy } = tx.actor;
    const id = newId();
    const recipientName = this.fields.seal(RECIPIENT, id, consent.recipientName);
    const row = { ...consent, recipientName, id, personId, inForce: consent.permits, recordedByAgencyId, recordedBy };
    tx.post(
      insert,
      written.map(([property]) => row[property as keyof typeof row]),
    );
    return { id, seal: sealOfRow(SEALED_CONSENT, { ...row, revokedAt: null }) };
  }

  private async opened<Row extends ConsentRow>(rows: Promise<Row[]>): Promise<Row[]> {
    return this.fields.unseal(await rows, 'recipientName', RECIPIENT);
  }

  async activeScopes(reader: Reader, personId: string, agencyId: string): Promise<readonly ConsentScope[]> {
    return (await reader.query(activeScopes, [personId, agencyId]))[0]?.scopes ?? [];
  }
}
