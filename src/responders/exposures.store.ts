import { Injectable } from '@nestjs/common';
import { mayRead, type Actor, type Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import type { Keyset } from '../platform/graphql';
import { ExposureEntity } from './exposure.entity';
import type { ExposureOutcome } from './engine/vocabulary';

export type ExposureRow = ExposureEntity & Facts & { readonly isOverdue: boolean };
export type NewExposure = Omit<
  ExposureEntity,
  'id' | 'agencyId' | 'responderId' | 'reportedAt' | 'state' | 'reviewedAt' | 'reviewedBy' | 'closedAt' | 'outcome'
>;
export type AddedToExposure = Pick<ExposureEntity, 'symptoms' | 'naloxoneDoses' | 'wentToHospital'>;

const RESPONDER_NAME = sealedField('exposure', 'responder_name');

// $1 is who asks, $2 whether they may see those of others: one who may not finds their own, as if there were no more.
const EXPOSURES = `select ${selectList(ExposureEntity, 'e')}, e.due_at is not null and e.due_at <= app.now() as "isOverdue",
    array_remove(array['OWN_AGENCY', case when e.responder_id = $1 then 'SELF' end], null) as relations, '{}'::text[] as consents
  from exposure e where e.agency_id = app.agency() and ($2 or e.responder_id = $1)`;
const byIds = sql<ExposureRow>(`${EXPOSURES} and e.id = any($3::uuid[])`);
const page = sql<ExposureRow>(
  `${EXPOSURES} and ($3::timestamptz is null or (e.reported_at, e.id) < ($3, $4::uuid)) order by e.reported_at desc, e.id desc limit $5`,
);
const lock = sql<ExposureRow>(`${EXPOSURES} and e.id = $3 for update of e`);
const insertion = insertionOf(ExposureEntity, 'exposure', ['reviewedAt', 'reviewedBy', 'closedAt', 'outcome']);
const add = sql('update exposure set symptoms = $2, naloxone_doses = $3, went_to_hospital = $4 where id = $1');
const review = sql(
  `update exposure set state = 'REVIEWED', reviewed_at = $2, reviewed_by = $3, due_at = $4 where id = $1 and state = 'REPORTED'`,
);
const close = sql(
  `update exposure set state = 'CLOSED', closed_at = $2, outcome = $3, due_at = null where id = $1 and state = 'REVIEWED'`,
);

/** Whether somebody may see exposures of others at their agency: the policy’s word, asked before a row is looked for. */
const seesOthers = (actor: Actor): boolean =>
  mayRead(actor, 'Exposure', 'id', { relations: ['OWN_AGENCY'], consents: [] });

@Injectable()
export class ExposuresStore {
  constructor(private readonly fields: FieldCipher) {}

  byIds(reader: Reader, ids: readonly string[]): Promise<ExposureRow[]> {
    return this.opened(reader.query(byIds, [...asked(reader.actor), ids]));
  }

  /** Newest first: one’s own, and those of the agency for whom the policy says so. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<ExposureRow[]> {
    const where = [...asked(reader.actor), after?.createdAt ?? null, after?.id ?? null, limit];
    return this.opened(reader.query(page, where));
  }

  async lock(tx: Tx, id: string): Promise<ExposureRow | undefined> {
    return (await tx.query(lock, [...asked(tx.actor), id]))[0];
  }

  insert(tx: Tx, exposure: NewExposure): string {
    const id = newId();
    const { agencyId, id: responderId } = tx.actor;
    const responderName = this.fields.seal(RESPONDER_NAME, id, exposure.responderName);
    const row = { ...exposure, responderName, id, agencyId, responderId, reportedAt: tx.asOf, state: 'REPORTED' };
    tx.post(insertion.statement, insertion.valuesOf(row as unknown as ExposureEntity));
    return id;
  }

  add(tx: Tx, id: string, { symptoms, naloxoneDoses, wentToHospital }: AddedToExposure): void {
    tx.post(add, [id, symptoms, naloxoneDoses, wentToHospital]);
  }

  review(tx: Tx, id: string, dueAt: Date): void {
    tx.post(review, [id, tx.asOf, tx.actor.id, dueAt]);
  }

  close(tx: Tx, id: string, outcome: ExposureOutcome): void {
    tx.post(close, [id, tx.asOf, outcome]);
  }

  private async opened(rows: Promise<ExposureRow[]>): Promise<ExposureRow[]> {
    return this.fields.unseal(await rows, 'responderName', RESPONDER_NAME);
  }
}

const asked = (actor: Actor): [string, boolean] => [actor.id, seesOthers(actor)];
