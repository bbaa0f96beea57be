import { Injectable } from '@nestjs/common';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { HandOffEntity } from './hand-off.entity';
import type { HandOffPlace, Transport } from './reasons';
import type { Related } from './referrals.store';
import { referralConsents, referralRelations } from './relations';

export type HandOffRow = HandOffEntity & Related;

const byReferrals = sql<HandOffRow>(
  `select ${selectList(HandOffEntity, 'h')}, ${referralRelations} as relations, ${referralConsents} as consents
   from hand_off h join referral r on r.id = h.referral_id where h.referral_id = any($1::uuid[]) order by h.released_at, h.id`,
);
const open = sql<HandOffEntity>(
  `select ${selectList(HandOffEntity, 'h')} from hand_off h where h.referral_id = $1 and h.state = 'RELEASED' for update`,
);
const released = sql<{ id: string }>(
  `select id from hand_off where referral_id = $1 and (state = 'RELEASED' or state = 'RECEIVED' and $2) limit 1`,
);
const insert = sql(
  `insert into hand_off (id, referral_id, from_agency_id, to_agency_id, transport, released_at, released_by, released_place) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const receive = sql(
  `update hand_off set state = 'RECEIVED', received_at = $2, received_by = $3, received_place = $4 where id = $1 and state = 'RELEASED'`,
);
const cancel = sql(`update hand_off set state = 'CANCELLED' where referral_id = $1 and state = 'RELEASED'`);

@Injectable()
export class HandOffsStore {
  byReferrals(reader: Reader, referralIds: readonly string[]): Promise<HandOffRow[]> {
    return reader.query(byReferrals, [referralIds]);
  }

  /** The hand-off under way, if any. */
  async lockOpen(tx: SystemTx, referralId: string): Promise<HandOffEntity | undefined> {
    return (await tx.query(open, [referralId]))[0];
  }

  /** Whether the person is on the way; with `hasCome`, also whether they came by a hand-off. */
  async wasReleased(tx: SystemTx, referralId: string, hasCome: boolean): Promise<boolean> {
    return (await tx.query(released, [referralId, hasCome])).length > 0;
  }

  release(tx: SystemTx, referralId: string, to: string, how: { transport: Transport; place: HandOffPlace }): string {
    const id = newId();
    tx.post(insert, [id, referralId, tx.actor.agencyId, to, how.transport, tx.asOf, tx.actor.id, how.place]);
    return id;
  }

  receive(tx: Tx, id: string, place: HandOffPlace): void {
    tx.post(receive, [id, tx.asOf, tx.actor.id, place]);
  }

  /** Ends a hand-off that cannot be completed any more, where there is one. */
  cancel(tx: SystemTx, referralId: string): void {
    tx.post(cancel, [referralId]);
  }
}
