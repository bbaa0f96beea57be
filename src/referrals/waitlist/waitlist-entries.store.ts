import { Injectable } from '@nestjs/common';
import { mayRead } from '../../access';
import type { ProgramRow } from '../../capacity';
import { selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import { FieldCipher } from '../../platform/encryption/field-cipher';
import { sealedField } from '../../platform/encryption/sealed-field';
import type { Related } from '../referrals.store';
import { referralFacts } from '../relations';
import type { InterimServiceEntity, WaitlistContactEntity } from './waitlist-entry.entity';
import {
  InterimServiceEntity as InterimService,
  PlaceConsiderationEntity,
  WaitlistContactEntity as WaitlistContact,
  WaitlistEntryEntity,
} from './waitlist-entry.entity';
import type { ContactWay, WaitEnd } from './waitlist-words';

export type WaitlistEntryRow = WaitlistEntryEntity &
  Related & { readonly senderAgencyId: string; readonly senderState: string };

/** Begins to wait, or goes on. */
export type BegunWait = Pick<
  WaitlistEntryEntity,
  'referralId' | 'tier' | 'risk' | 'rulesVersion' | 'requestedAt' | 'since' | 'noShows' | keyof OverdoseFacts
>;
/** What overdoses say of one who waits. */
export type OverdoseFacts = Pick<WaitlistEntryEntity, 'overdoseRisk' | 'overdoseSignals' | 'overdoseAgencyId'>;

const CONTACT = sealedField('waitlist_entry', 'contact_detail');

const related = `${selectList(WaitlistEntryEntity, 'e')}, r.sender_agency_id as "senderAgencyId",
  (select a.state from agency a where a.id = r.sender_agency_id) as "senderState", ${referralFacts}`;
const byIds = sql<WaitlistEntryRow>(
  `select ${related} from waitlist_entry e join referral r on r.id = e.referral_id where e.id = any($1::uuid[])`,
);
const byReferrals = sql<WaitlistEntryRow>(
  `select ${related} from waitlist_entry e join referral r on r.id = e.referral_id where e.referral_id = any($1::uuid[])`,
);
const open = sql<Pick<WaitlistEntryRow, 'id' | 'senderState'>>(
  `select e.id, a.state as "senderState" from waitlist_entry e join referral r on r.id = e.referral_id join agency a on a.id = r.sender_agency_id
   where e.referral_id = $1 and e.ended_at is null`,
);
const hasWaited = sql('select 1 from waitlist_entry where referral_id = $1');
const programOf = sql<Pick<ProgramRow, 'medicationsOffered'>>(
  'select medications_offered as "medicationsOffered" from program where id = $1',
);
const stateOf = sql<{ state: string }>('select state from agency where id = $1');
// One that ended is opened again. Who did not come to a place begins anew; who lost it otherwise has waited on.
const begin = sql<Pick<WaitlistEntryEntity, 'id' | 'interimCompletedAt'>>(
  `insert into waitlist_entry (id, referral_id, tier, risk, rules_version, requested_at, since, no_shows, overdose_risk, overdose_signals, overdose_agency_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $10, $11, $12)
   on conflict (referral_id) do update set tier = excluded.tier, risk = excluded.risk, rules_version = excluded.rules_version,
     overdose_risk = excluded.overdose_risk, overdose_signals = excluded.overdose_signals, overdose_agency_id = excluded.overdose_agency_id,
     since = case when excluded.no_shows > waitlist_entry.no_shows then $9 else waitlist_entry.since end,
     no_shows = excluded.no_shows, ended_at = null, end_reason = null
   returning id, interim_completed_at as "interimCompletedAt"`,
);
const reassess = sql<Pick<WaitlistEntryEntity, 'id' | 'interimCompletedAt'>>(
  `update waitlist_entry set tier = $2, risk = $3, rules_version = $4, overdose_risk = $5, overdose_signals = $6, overdose_agency_id = $7 where referral_id = $1 and ended_at is null
   returning id, interim_completed_at as "interimCompletedAt"`,
);
const end = sql('update waitlist_entry set ended_at = $2, end_reason = $3 where referral_id = $1 and ended_at is null');
const interimDone = sql('update waitlist_entry set interim_completed_at = $2 where id = $1');
const setContact = sql('update waitlist_entry set contact_way = $2, contact_detail_sealed = $3 where id = $1');
const transfer = sql('update waitlist_entry set transferred_to_program_id = $2, transferred_at = $3 where id = $1');
const addInterim = sql(
  `insert into interim_service (id, entry_id, referral_id, service, result, given_at, program_id, recorded_at, recorded_by, agency_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const addContact = sql(
  'insert into waitlist_contact (id, entry_id, referral_id, at, outcome, recorded_by, agency_id) values ($1, $2, $3, $4, $5, $6, $7)',
);
const interimOf = sql<InterimServiceEntity>(
  `select ${selectList(InterimService, 's')} from interim_service s where s.entry_id = any($1::uuid[]) order by s.given_at, s.id`,
);
// What other agencies recorded on other referrals is not the actor’s to know, nor that a record of theirs is of the same person.
const ownInterimOf = sql<InterimServiceEntity & { readonly endedAt: Date | null }>(
  `select ${selectList(InterimService, 's')}, e.ended_at as "endedAt"
   from interim_service s join referral r on r.id = s.referral_id join waitlist_entry e on e.id = s.entry_id
   where r.person_id in (select app.linked_records($1, $2)) and s.agency_id = $2 order by s.given_at, s.id`,
);
const contactsOf = sql<WaitlistContactEntity>(
  `select ${selectList(WaitlistContact, 'c')} from waitlist_contact c where c.entry_id = any($1::uuid[]) order by c.at, c.id`,
);
/** As many as are shown of one entry, the latest. */
const considerationsOf = sql<PlaceConsiderationEntity>(
  `select c.* from unnest($1::uuid[]) as e(id) cross join lateral (
     select ${selectList(PlaceConsiderationEntity, 'p')} from place_consideration p where p.entry_id = e.id order by p.at desc, p.id desc limit 50) c`,
);

const openOfPersons = sql<{ id: string; personId: string; senderAgencyId: string }>(
  `select e.id, r.person_id as "personId", r.sender_agency_id as "senderAgencyId" from waitlist_entry e join referral r on r.id = e.referral_id
   where e.ended_at is null and r.person_id = any($1::uuid[])`,
);
const setOverdoses = sql(
  'update waitlist_entry set overdose_risk = $2, overdose_signals = $3, overdose_agency_id = $4 where id = $1 and ended_at is null',
);
const overdoseValues = ({ overdoseRisk, overdoseSignals, overdoseAgencyId }: OverdoseFacts): unknown[] => [
  ...[overdoseRisk, overdoseSignals, overdoseAgencyId],
];

type Key = Pick<WaitlistEntryEntity, 'id' | 'referralId'>;

@Injectable()
export class WaitlistEntriesStore {
  constructor(private readonly fields: FieldCipher) {}

  async byIds(reader: Reader, ids: readonly string[]): Promise<WaitlistEntryRow[]> {
    return this.shown(reader, await reader.query(byIds, [ids]));
  }

  async byReferrals(reader: Reader, referralIds: readonly string[]): Promise<WaitlistEntryRow[]> {
    return this.shown(reader, await reader.query(byReferrals, [referralIds]));
  }

  /** Whoever asks: the one that waits, whatever they may see of it. */
  async open(tx: SystemTx, referralId: string): Promise<Pick<WaitlistEntryRow, 'id' | 'senderState'> | undefined> {
    return (await tx.query(open, [referralId]))[0];
  }

  async hasWaited(tx: SystemTx, referralId: string): Promise<boolean> {
    return (await tx.query(hasWaited, [referralId])).length > 0;
  }

  async programOf(reader: Reader, id: string): Promise<Pick<ProgramRow, 'medicationsOffered'> | undefined> {
    return (await reader.query(programOf, [id]))[0];
  }

  async stateOf(reader: Reader, agencyId: string): Promise<string> {
    return (await reader.query(stateOf, [agencyId]))[0]?.state ?? '';
  }

  begin(tx: SystemTx, wait: BegunWait) {
    const { referralId, tier, risk, rulesVersion, requestedAt, since, noShows } = wait;
    const values = [newId(), referralId, tier, risk, rulesVersion, requestedAt, since, noShows, tx.asOf];
    return tx.one(begin, [...values, ...overdoseValues(wait)]);
  }

  /** Of these persons those who wait. */
  openOfPersons(tx: SystemTx, personIds: readonly string[]) {
    return tx.query(openOfPersons, [personIds]);
  }

  setOverdoses(tx: SystemTx, id: string, facts: OverdoseFacts): void {
    tx.post(setOverdoses, [id, ...overdoseValues(facts)]);
  }

  /** New facts of the need; undefined where nobody waits. */
  async reassess(tx: SystemTx, wait: Omit<BegunWait, 'requestedAt' | 'since' | 'noShows'>) {
    const { referralId, tier, risk, rulesVersion } = wait;
    return (await tx.query(reassess, [referralId, tier, risk, rulesVersion, ...overdoseValues(wait)]))[0];
  }

  /** Nothing happens to one that has ended. */
  end(tx: SystemTx, referralId: string, reason: WaitEnd): void {
    tx.post(end, [referralId, tx.asOf, reason]);
  }

  /** Null: their tier asks for more than was given. */
  interimDone(tx: SystemTx, entryId: string, at: Date | null): void {
    tx.post(interimDone, [entryId, at]);
  }

  setContact(tx: SystemTx, entryId: string, way: ContactWay, detail: string | null): void {
    tx.post(setContact, [entryId, way, this.fields.seal(CONTACT, entryId, detail)]);
  }

  transfer(tx: SystemTx, entryId: string, programId: string): void {
    tx.post(transfer, [entryId, programId, tx.asOf]);
  }

  addInterim(
    tx: SystemTx,
    { id, referralId }: Key,
    { service, result, givenAt, programId }: Pick<InterimServiceEntity, 'service' | 'result' | 'givenAt' | 'programId'>,
  ): void {
    const { id: actorId, agencyId } = tx.actor;
    tx.post(addInterim, [newId(), id, referralId, service, result, givenAt, programId, tx.asOf, actorId, agencyId]);
  }

  addContact(
    tx: SystemTx,
    { id, referralId }: Key,
    { at, outcome }: Pick<WaitlistContactEntity, 'at' | 'outcome'>,
  ): void {
    tx.post(addContact, [newId(), id, referralId, at, outcome, tx.actor.id, tx.actor.agencyId]);
  }

  /** Oldest first. */
  interimOf(reader: Reader, entryIds: readonly string[]): Promise<InterimServiceEntity[]> {
    return reader.query(interimOf, [entryIds]);
  }

  /** Of a person, under every record that the actor’s agency knows to be theirs, all that it recorded. */
  ownInterimOf(tx: SystemTx, personId: string): Promise<(InterimServiceEntity & { readonly endedAt: Date | null })[]> {
    return tx.query(ownInterimOf, [personId, tx.actor.agencyId]);
  }

  /** Oldest first. */
  contactsOf(reader: Reader, entryIds: readonly string[]): Promise<WaitlistContactEntity[]> {
    return reader.query(contactsOf, [entryIds]);
  }

  /** The latest fifty of each, newest first. */
  considerationsOf(reader: Reader, entryIds: readonly string[]): Promise<PlaceConsiderationEntity[]> {
    return reader.query(considerationsOf, [entryIds]);
  }

  private async shown(reader: Reader, rows: readonly WaitlistEntryRow[]): Promise<WaitlistEntryRow[]> {
    const { actor } = reader;
    const own = rows.filter((row) => actor.kind === 'SYSTEM' || mayRead(actor, 'WaitlistEntry', 'id', row));
    return this.fields.unseal(own, 'contactDetail', CONTACT);
  }
}
