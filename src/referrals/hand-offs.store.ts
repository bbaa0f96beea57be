import { Injectable } from '@nestjs/common';
import { mayRead } from '../access';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { HandOffEntity } from './hand-off.entity';
import type { HandOffPlace, Transport } from './reasons';
import type { Release } from './release';
import type { Related } from './referrals.store';
import { referralFactsWithOwn } from './relations';

export type HandOffRow = HandOffEntity & Related;
/** How the person travels, and from what kind of place. */
export interface Travel {
  readonly transport: Transport;
  readonly place: HandOffPlace;
}

const byReferrals = sql<HandOffRow>(
  `select ${selectList(HandOffEntity, 'h')}, ${referralFactsWithOwn('h.from_agency_id')}
   from hand_off h join referral r on r.id = h.referral_id where h.referral_id = any($1::uuid[]) order by h.released_at, h.id`,
);
const open = sql<HandOffEntity>(
  `select ${selectList(HandOffEntity, 'h')} from hand_off h where h.referral_id = $1 and h.state = 'RELEASED' for update`,
);
const ofReferral = sql<HandOffEntity>(
  `select ${selectList(HandOffEntity, 'h')} from hand_off h where h.referral_id = $1`,
);
const insert = sql(
  `insert into hand_off (id, referral_id, from_agency_id, to_agency_id, state, transport, released_at, released_by, released_place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const address = sql(
  `update hand_off set to_agency_id = $2 where referral_id = $1 and state = 'RELEASED' and to_agency_id is null`,
);
const receive = sql(
  `update hand_off set state = 'RECEIVED', received_at = $2, received_by = $3, received_place = $4 where id = $1 and state = 'RELEASED'`,
);
const cancel = sql(`update hand_off set state = 'CANCELLED' where referral_id = $1 and state = 'RELEASED'`);

@Injectable()
export class HandOffsStore {
  /** Those of which the actor may see anything. */
  async byReferrals(reader: Reader, referralIds: readonly string[]): Promise<HandOffRow[]> {
    const rows = await reader.query(byReferrals, [referralIds]);
    return rows.filter((row) => reader.actor.kind === 'SYSTEM' || mayRead(reader.actor, 'HandOff', 'id', row));
  }

  /** Every hand-off of a referral, whoever’s. */
  ofReferral(tx: SystemTx, referralId: string): Promise<HandOffEntity[]> {
    return tx.query(ofReferral, [referralId]);
  }

  /** The hand-off under way, if any. */
  async lockOpen(tx: SystemTx, referralId: string): Promise<HandOffEntity | undefined> {
    return (await tx.query(open, [referralId]))[0];
  }

  release(tx: SystemTx, referralId: string, { to, state, transport, place }: Release & Travel): void {
    const { agencyId, id: actorId } = tx.actor;
    tx.post(insert, [newId(), referralId, agencyId, to, state, transport, tx.asOf, actorId, place]);
  }

  /** A release that was stated before anybody had accepted goes to the program that now has. */
  address(tx: SystemTx, referralId: string, to: string): void {
    tx.post(address, [referralId, to]);
  }

  receive(tx: Tx, id: string, place: HandOffPlace): void {
    tx.post(receive, [id, tx.asOf, tx.actor.id, place]);
  }

  /** Ends a hand-off that cannot be completed any more, where there is one. */
  cancel(tx: SystemTx, referralId: string): void {
    tx.post(cancel, [referralId]);
  }
}
