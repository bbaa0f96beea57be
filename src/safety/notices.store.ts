import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import type { BellCalendar } from '../clocks';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import type { Keyset } from '../platform/graphql';
import { NoticeEntity, NoticeReceiptEntity } from './notice.entity';

export type NoticeRow = NoticeEntity & Facts;
export type NoticeReceiptRow = NoticeReceiptEntity &
  Facts & {
    readonly isOverdue: boolean;
    /** So long that whoever sent it has perhaps gone home. */
    readonly isLongOverdue: boolean;
  };
/** A notice that nobody has read, and whose bell has not rung. `id` is the receipt’s. */
export interface WaitingNotice {
  readonly id: string;
  readonly noticeId: string;
  readonly sentAt: Date;
}
export type Bells = Pick<BellCalendar, 'weekly' | 'closed' | 'days'>;

const CHILD_NAME = sealedField('handle_with_care_notice', 'child_name');

const OWN = `array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
// What has run out is gone, whether or not it was swept away yet.
const NOTICES = `select ${selectList(NoticeEntity, 'n')}, ${OWN} from handle_with_care_notice n
  where n.school_agency_id = app.agency() and n.expires_at > app.now()`;
const RECEIPTS = `select ${selectList(NoticeReceiptEntity, 'r')}, r.read_at is null and r.taken_back_at is null and r.due_at <= app.now() as "isOverdue",
    r.read_at is null and r.taken_back_at is null and r.due_at <= app.now() - interval '30 minutes' as "isLongOverdue", ${OWN}
  from handle_with_care_receipt r where r.agency_id = app.agency()`;
const noticesByIds = sql<NoticeRow>(`${NOTICES} and n.id = any($1::uuid[])`);
const noticePage = sql<NoticeRow>(
  `${NOTICES} and ($1::timestamptz is null or (n.sent_at, n.id) < ($1, $2::uuid)) order by n.sent_at desc, n.id desc limit $3`,
);
const lockNotice = sql<NoticeRow>(`${NOTICES} and n.id = $1 for update of n`);
const receiptsByIds = sql<NoticeReceiptRow>(`${RECEIPTS} and r.id = any($1::uuid[])`);
const receiptPage = sql<NoticeReceiptRow>(
  `${RECEIPTS} and ($1::timestamptz is null or (r.sent_at, r.id) < ($1, $2::uuid)) order by r.sent_at desc, r.id desc limit $3`,
);
const noticeInsertion = insertionOf(NoticeEntity, 'handle_with_care_notice', ['readAt']);
const receiptInsertion = insertionOf(NoticeReceiptEntity, 'handle_with_care_receipt', ['readAt', 'takenBackAt']);
const lockReceipt = sql<NoticeReceiptRow>(`${RECEIPTS} and r.id = $1 for no key update of r`);
const takeAway = sql('delete from handle_with_care_notice where id = $1');
const markTakenBack = sql('update handle_with_care_receipt set taken_back_at = $2 where id = $1');
const markRead = sql('update handle_with_care_notice set read_at = $2 where id = $1 and read_at is null');
const markReceipt = sql<{ id: string }>(
  'update handle_with_care_receipt set read_at = $2 where notice_id = $1 and read_at is null returning id',
);
const forget = sql<{ id: string }>(
  `with gone as (delete from handle_with_care_notice where expires_at <= app.now() returning id)
   select r.id from gone join handle_with_care_receipt r on r.notice_id = gone.id`,
);
// Whoever sends waits for a calendar that is being set, and the other way round: no notice goes by bells that are changed meanwhile.
const whileBellsStand = sql(`select pg_advisory_xact_lock_shared(hashtextextended('bells ' || $1, 0))`);
const whileBellsChange = sql(`select pg_advisory_xact_lock(hashtextextended('bells ' || $1, 0))`);
const waiting = sql<WaitingNotice>(
  `select r.id, r.notice_id as "noticeId", r.sent_at as "sentAt"
   from handle_with_care_notice n join handle_with_care_receipt r on r.notice_id = n.id
   where n.school_agency_id = $1 and r.read_at is null and r.taken_back_at is null and r.due_at > app.now()
   order by r.id for no key update of r`,
);
const setDue = sql('update handle_with_care_receipt set due_at = $2 where id = $1');
const setExpiry = sql('update handle_with_care_notice set expires_at = $2 where id = $1');
const bellsOf = sql<{ bells: Bells }>('select bells from school_calendar where agency_id = $1');
const setBells = sql(
  `insert into school_calendar (agency_id, bells, set_at, set_by) values (app.agency(), $1, $2, $3)
   on conflict (agency_id) do update set bells = excluded.bells, set_at = excluded.set_at, set_by = excluded.set_by`,
);

@Injectable()
export class NoticesStore {
  constructor(private readonly fields: FieldCipher) {}

  async byIds(reader: Reader, ids: readonly string[]): Promise<NoticeRow[]> {
    return this.fields.unseal(await reader.query(noticesByIds, [ids]), 'childName', CHILD_NAME);
  }

  /** Of the asking school, newest first. */
  async page(reader: Reader, after: Keyset | null, limit: number): Promise<NoticeRow[]> {
    const rows = await reader.query(noticePage, [after?.createdAt ?? null, after?.id ?? null, limit]);
    return this.fields.unseal(rows, 'childName', CHILD_NAME);
  }

  async lock(tx: Tx, id: string): Promise<NoticeRow | undefined> {
    return (await tx.query(lockNotice, [id]))[0];
  }

  receiptsByIds(reader: Reader, ids: readonly string[]): Promise<NoticeReceiptRow[]> {
    return reader.query(receiptsByIds, [ids]);
  }

  receiptPage(reader: Reader, after: Keyset | null, limit: number): Promise<NoticeReceiptRow[]> {
    return reader.query(receiptPage, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  /** The school’s notice and the sender’s receipt; `id` is the receipt’s. */
  send(tx: SystemTx, notice: Omit<NoticeEntity, 'id' | 'readAt' | 'sendingAgencyId' | 'sentAt'>, dueAt: Date) {
    const [id, receiptId] = [newId(), newId()];
    const { agencyId, id: sentBy } = tx.actor;
    const sealed = { ...notice, childName: this.fields.seal(CHILD_NAME, id, notice.childName) };
    const row = { ...sealed, id, sendingAgencyId: agencyId, sentAt: tx.asOf };
    tx.post(noticeInsertion.statement, noticeInsertion.valuesOf(row as unknown as NoticeEntity));
    const { schoolAgencyId } = notice;
    const receipt = { id: receiptId, agencyId, noticeId: id, schoolAgencyId, sentBy, sentAt: tx.asOf, dueAt };
    tx.post(receiptInsertion.statement, receiptInsertion.valuesOf(receipt));
    return { id: receiptId, noticeId: id };
  }

  async lockReceipt(tx: SystemTx, id: string): Promise<NoticeReceiptRow | undefined> {
    return (await tx.query(lockReceipt, [id]))[0];
  }

  /** Gone at the school’s side, read or not. */
  takeBack(tx: SystemTx, { id, noticeId }: Pick<NoticeReceiptRow, 'id' | 'noticeId'>): void {
    tx.post(takeAway, [noticeId]);
    tx.post(markTakenBack, [id, tx.asOf]);
  }

  /** With the sender’s receipt, whose id it answers. */
  async markRead(tx: Tx, id: string): Promise<string[]> {
    tx.post(markRead, [id, tx.asOf]);
    return (await tx.asSystem().query(markReceipt, [id, tx.asOf])).map((receipt) => receipt.id);
  }

  /** Deletes at the school’s side what has had its time; answers the senders’ receipts of it. */
  async forget(tx: SystemTx): Promise<string[]> {
    return (await tx.query(forget)).map(({ id }) => id);
  }

  /** Until the transaction ends nobody else sets this school’s bells. */
  bellsStand(tx: Tx, schoolAgencyId: string): void {
    tx.post(whileBellsStand, [schoolAgencyId]);
  }

  /** Until the transaction ends nobody sends this school anything. */
  bellsChange(tx: Tx): void {
    tx.post(whileBellsChange, [tx.actor.agencyId]);
  }

  waitingAt(tx: SystemTx, schoolAgencyId: string): Promise<WaitingNotice[]> {
    return tx.query(waiting, [schoolAgencyId]);
  }

  moveDue(tx: SystemTx, { id, noticeId }: WaitingNotice, dueAt: Date, expiresAt: Date): void {
    tx.post(setDue, [id, dueAt]);
    tx.post(setExpiry, [noticeId, expiresAt]);
  }

  /** The school’s own bells; null: as the installation’s default says. */
  async bellsOf(reader: Reader, schoolAgencyId: string): Promise<Bells | null> {
    return (await reader.query(bellsOf, [schoolAgencyId]))[0]?.bells ?? null;
  }

  setBells(tx: Tx, bells: Bells): void {
    tx.post(setBells, [JSON.stringify(bells), tx.asOf, tx.actor.id]);
  }
}
