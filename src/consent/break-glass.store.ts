import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import type { Medication, Substance } from '../kernel/vocabulary';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import { BreakGlassEntity } from './break-glass.entity';

export type BreakGlassRow = BreakGlassEntity & Facts & { readonly isActive: boolean };
export type OpenedGlass = Omit<BreakGlassEntity, 'id' | 'endedAt' | 'endedBy'>;

/** What a doctor needs, and whose words it is. */
export interface EmergencyRecordRow extends Facts {
  readonly id: string;
  readonly personId: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly birthDate: string | null;
  readonly currentMedications: Medication[] | null;
  readonly substances: Substance[] | null;
  readonly pregnant: boolean | null;
  readonly needAsOf: Date | null;
  readonly treatingProgram: string | null;
  readonly treatingProgramPhone: string | null;
  readonly identityAgencyId: string | null;
  readonly needAgencyId: string | null;
  readonly careAgencyId: string | null;
}

// Row-level security shows it to the agency that opened it and to those whose privacy officers were told.
export const breakGlassColumns = `${selectList(BreakGlassEntity, 'b')}, b.ended_at is null and b.ends_at > app.now() as "isActive",
  array_remove(array[case when b.agency_id = app.agency() then 'OWN_AGENCY' end,
    case when exists (select 1 from break_glass_review v where v.break_glass_id = b.id and v.agency_id = app.agency()) then 'KNOWN' end], null) as relations,
  '{}'::text[] as consents`;
const byId = sql<BreakGlassRow>(`select ${breakGlassColumns} from break_glass b where b.id = any($1::uuid[])`);
const GRANT = (glass: string): string => `coalesce(${glass}.opened_with, ${glass}.id)`;
const linked = sql<BreakGlassRow & { openedBeside: string }>(
  `select ${breakGlassColumns}, o.id as "openedBeside" from break_glass o join break_glass b on ${GRANT('b')} = ${GRANT('o')} and b.id <> o.id
   where o.id = any($1::uuid[]) order by b.id`,
);
const lockGrant = sql<BreakGlassRow>(
  `select ${breakGlassColumns} from break_glass b where b.agency_id = app.agency()
     and ${GRANT('b')} = (select ${GRANT('o')} from break_glass o where o.id = $1) order by b.id for update of b`,
);
// That there is a row at all says that the emergency lasts: the function gives none before or after.
const records = sql<EmergencyRecordRow>(
  `select r.id, r.person_id as "personId", r.given_name as "givenName", r.family_name as "familyName", r.birth_date as "birthDate",
     r.current_medications as "currentMedications", r.substances, r.pregnant, r.need_as_of as "needAsOf",
     r.treating_program as "treatingProgram", r.treating_program_phone as "treatingProgramPhone",
     r.identity_agency_id as "identityAgencyId", r.need_agency_id as "needAgencyId", r.care_agency_id as "careAgencyId",
     array['EMERGENCY'] as relations, '{}'::text[] as consents, r.part2
   from unnest($1::uuid[]) asked(id), app.emergency_record(asked.id) r`,
);
const insertion = insertionOf(BreakGlassEntity, 'break_glass', ['endedAt', 'endedBy']);
const tell = sql('select app.tell_of_break_glass($1, $2)');
const reviewsOf = sql<{ id: string; agencyId: string }>(
  'select id, agency_id as "agencyId" from break_glass_review where break_glass_id = $1 order by id',
);
const end = sql('update break_glass set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null');

const DISCLOSER = sealedField('break_glass', 'discloser');

@Injectable()
export class BreakGlassStore {
  constructor(private readonly fields: FieldCipher) {}

  async byId(reader: Reader, ids: readonly string[]): Promise<BreakGlassRow[]> {
    return this.fields.unseal(await reader.query(byId, [ids]), 'discloser', DISCLOSER);
  }

  /** Of those that are open right now, by the database’s clock. */
  records(reader: Reader, ids: readonly string[]): Promise<EmergencyRecordRow[]> {
    return reader.query(records, [ids]);
  }

  /** What the same grant opened beside each. */
  async linked(reader: Reader, ids: readonly string[]): Promise<(BreakGlassRow & { openedBeside: string })[]> {
    return this.fields.unseal(await reader.query(linked, [ids]), 'discloser', DISCLOSER);
  }

  /** Locks all that one grant of the actor’s agency opened. */
  lockGrant(tx: Tx, id: string): Promise<BreakGlassRow[]> {
    return tx.query(lockGrant, [id]);
  }

  /** Opens it and puts it before the privacy officers, in one transaction. */
  open(tx: SystemTx, opened: OpenedGlass, reviewBy: Date): string {
    const row = { ...opened, id: newId() };
    const sealed: unknown = this.fields.seal(DISCLOSER, row.id, opened.discloser);
    tx.post(insertion.statement, insertion.valuesOf({ ...row, discloser: sealed as string }));
    tx.post(tell, [row.id, reviewBy]);
    return row.id;
  }

  /** Who has to look at one that was just opened. */
  reviewsOf(tx: SystemTx, id: string): Promise<{ id: string; agencyId: string }[]> {
    return tx.query(reviewsOf, [id]);
  }

  end(tx: Tx, id: string): void {
    tx.post(end, [id, tx.asOf, tx.actor.id]);
  }
}
