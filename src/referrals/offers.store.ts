import { Injectable } from '@nestjs/common';
import { mayRead } from '../access';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { OfferEntity } from './offer.entity';
import { isLive } from './offer.machine';
import type { DeclinedBy, DeclineReason, WithdrawReason } from './reasons';
import type { Related } from './referrals.store';
import { referralFactsWithOwn } from './relations';

export type OfferRow = OfferEntity & Related;
export type ListedOffer = OfferRow & { readonly createdAtText: string };

const columns = selectList(OfferEntity, 'x');
// The referral is read beside the offer for relations only; where the asking agency may not see it, the offer’s own hold.
const related = `${columns}, ${referralFactsWithOwn('x.agency_id')}`;
const from = 'from offer x left join referral r on r.id = x.referral_id';
const byIds = sql<OfferRow>(`select ${related} ${from} where x.id = any($1::uuid[])`);
const byReferrals = sql<OfferRow>(
  `select ${related} ${from} where x.referral_id = any($1::uuid[]) order by x.created_at, x.rank, x.id`,
);
const ofReferral = sql<OfferEntity>(
  `select ${columns} from offer x where x.referral_id = $1 order by x.created_at, x.rank, x.id`,
);
const page = sql<ListedOffer>(
  `select ${related}, to_char(x.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAtText" ${from}
   where x.agency_id = app.agency() and ($1::timestamptz is null or (x.created_at, x.id) < ($1, $2::uuid)) and ($4::text[] is null or x.state = any($4))
   order by x.created_at desc, x.id desc limit $3`,
);
const insert = sql(
  `insert into offer (id, referral_id, program_id, pool_id, agency_id, match_run_id, rank, created_at, acknowledge_by, decide_by, second_look_of)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const acknowledge = sql(
  `update offer set state = 'ACKNOWLEDGED', acknowledged_at = $2 where id = $1 and state = 'PENDING'`,
);
const accept = sql(
  `update offer set state = 'ACCEPTED', acknowledged_at = coalesce(acknowledged_at, $2), ended_at = $2
   where id = $1 and state in ('PENDING','ACKNOWLEDGED')`,
);
const decline = sql(
  `update offer set state = 'DECLINED', acknowledged_at = coalesce(acknowledged_at, $2), ended_at = $2, decline_reason = $3, declined_by = $4
   where id = $1 and state in ('PENDING','ACKNOWLEDGED')`,
);
const expire = sql(
  `update offer set state = 'EXPIRED', ended_at = $2 where id = $1 and state in ('PENDING','ACKNOWLEDGED') and decide_by <= $2 returning id`,
);
const withdraw = sql(
  `update offer set state = 'WITHDRAWN', ended_at = $2, withdraw_reason = $3 where id = any($1::uuid[]) and state in ('PENDING','ACKNOWLEDGED')`,
);
const giveUp = sql(`update offer set withdraw_reason = 'PLACE_GIVEN_UP' where id = $1 and state = 'ACCEPTED'`);
const due = sql<{ id: string; agencyId: string }>(
  `select id, agency_id as "agencyId" from offer where state in ('PENDING','ACKNOWLEDGED') and decide_by <= app.now() and id <> all ($2::uuid[])
   order by decide_by limit $1`,
);
const answersOf = sql<{ offersPut: number; offersAnswered: number; medianAnswerMinutes: number | null }>(
  `select count(*)::int as "offersPut", count(acknowledged_at)::int as "offersAnswered",
     percentile_cont(0.5) within group (order by extract(epoch from coalesce(ended_at, acknowledged_at) - created_at) / 60)
       filter (where acknowledged_at is not null and state <> 'WITHDRAWN') as "medianAnswerMinutes"
   from offer where program_id = $1 and created_at > app.now() - interval '90 days' and (state <> 'WITHDRAWN' or acknowledged_at is not null)`,
);

export interface NewOffer {
  readonly referralId: string;
  readonly programId: string;
  readonly poolId: string;
  readonly agencyId: string;
  readonly matchRunId: string | null;
  readonly rank: number;
  readonly acknowledgeBy: Date;
  readonly decideBy: Date;
  readonly secondLookOf?: string | undefined;
}

/** An offer taken back, or a place that was kept on it, of which its program is to be told. */
export interface Withdrawn {
  readonly id: string;
  readonly referralId: string;
  readonly agencyId: string;
  readonly reason: WithdrawReason;
}

@Injectable()
export class OffersStore {
  /** Those of which the actor may see anything. */
  async byIds(reader: Reader, ids: readonly string[]): Promise<OfferRow[]> {
    const rows = await reader.query(byIds, [ids]);
    return rows.filter((row) => reader.actor.kind === 'SYSTEM' || mayRead(reader.actor, 'Offer', 'id', row));
  }

  byReferrals(reader: Reader, referralIds: readonly string[]): Promise<OfferRow[]> {
    return reader.query(byReferrals, [referralIds]);
  }

  page(
    reader: Reader,
    after: { createdAt: string; id: string } | null,
    limit: number,
    states: readonly string[] | null,
  ): Promise<ListedOffer[]> {
    return reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit, states]);
  }

  /** Every offer of a referral, whoever’s, in the order they were made. */
  ofReferral(tx: SystemTx, referralId: string): Promise<OfferEntity[]> {
    return tx.query(ofReferral, [referralId]);
  }

  async find(reader: Reader, id: string): Promise<OfferRow | undefined> {
    return (await this.byIds(reader, [id]))[0];
  }

  insert(tx: SystemTx, offer: NewOffer): string {
    const id = newId();
    const { referralId, programId, poolId, agencyId, matchRunId, rank, acknowledgeBy, decideBy, secondLookOf } = offer;
    tx.post(insert, [
      id,
      referralId,
      programId,
      poolId,
      agencyId,
      matchRunId,
      rank,
      tx.asOf,
      acknowledgeBy,
      decideBy,
      secondLookOf ?? null,
    ]);
    return id;
  }

  acknowledge(tx: Tx, id: string): void {
    tx.post(acknowledge, [id, tx.asOf]);
  }

  accept(tx: Tx, id: string): void {
    tx.post(accept, [id, tx.asOf]);
  }

  decline(tx: Tx, id: string, reason: DeclineReason, by: DeclinedBy): void {
    tx.post(decline, [id, tx.asOf, reason, by]);
  }

  /** True when this call ended it; false when it was answered, or is not due. */
  async expire(tx: SystemTx, id: string): Promise<boolean> {
    return (await tx.query(expire, [id, tx.asOf])).length === 1;
  }

  /** Takes back those among these that still wait for an answer, and says which: their programs are to be told. */
  withdraw(tx: SystemTx, offers: readonly OfferEntity[], reason: WithdrawReason): Withdrawn[] {
    const live = offers.filter(({ state }) => isLive(state));
    if (live.length > 0) tx.post(withdraw, [live.map(({ id }) => id), tx.asOf, reason]);
    return live.map(({ id, referralId, agencyId }) => ({ id, referralId, agencyId, reason }));
  }

  /** The place kept at a program is given up before anybody came: the offer it rested on says so, and not why. */
  giveUp(tx: SystemTx, offers: readonly OfferEntity[], at: string | null): Withdrawn[] {
    const accepted = offers.findLast(({ state, programId }) => state === 'ACCEPTED' && programId === at);
    if (!accepted) return [];
    const { id, referralId, agencyId } = accepted;
    tx.post(giveUp, [id]);
    return [{ id, referralId, agencyId, reason: 'PLACE_GIVEN_UP' }];
  }

  /** Those that silence ends, without those at rest. */
  due(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string; agencyId: string }[]> {
    return reader.query(due, [limit, resting]);
  }

  async answersOf(reader: Reader, programId: string) {
    const [answers] = await reader.query(answersOf, [programId]);
    return answers ?? { offersPut: 0, offersAnswered: 0, medianAnswerMinutes: null };
  }
}
