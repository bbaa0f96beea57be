import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { AttemptCode } from '../platform/messaging';
import { NudgeMessageEntity } from './nudge.entity';
import type { NudgeMessageState } from './nudge-message.machine';

export type NudgeMessageRow = NudgeMessageEntity & Facts;
export type NewMessage = Pick<
  NudgeMessageEntity,
  'agencyId' | 'accountId' | 'membershipId' | 'addressId' | 'channel' | 'batchId'
>;

/** How an attempt ended, and what follows. */
export interface Outcome {
  readonly state: NudgeMessageState;
  readonly code: AttemptCode | 'NOT_THEIRS' | 'ADDRESS_GONE';
  readonly status: number | null;
  readonly nextAttemptAt: Date | null;
}

const columns = `${selectList(NudgeMessageEntity, 'm')}, array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const add = sql(
  `insert into nudge_message (agency_id, account_id, membership_id, address_id, channel, batch_id, state, created_at, next_attempt_at)
   select n."agencyId", n."accountId", n."membershipId", n."addressId", n.channel, n."batchId", 'QUEUED', app.now(), app.now()
   from jsonb_to_recordset($1) as n("agencyId" uuid, "accountId" uuid, "membershipId" uuid, "addressId" uuid, channel text, "batchId" uuid)
   on conflict do nothing`,
);
const claim = sql<NudgeMessageEntity>(
  `with taken as (
     select id from nudge_message where state = 'QUEUED' and next_attempt_at <= app.now() and (leased_until is null or leased_until <= app.now())
     order by next_attempt_at limit $1 for no key update skip locked)
   update nudge_message m set leased_until = app.now() + interval '1 minute' from taken t where m.id = t.id
   returning ${selectList(NudgeMessageEntity, 'm')}`,
);
const settle = sql<{ id: string }>(
  `update nudge_message set state = $2, last_code = $3, last_status = $4, next_attempt_at = $5, leased_until = null, attempts = attempts + 1,
     first_attempt_at = coalesce(first_attempt_at, app.now()), ended_at = case when $2 = 'QUEUED' then null else app.now() end
   where id = $1 and state = 'QUEUED' returning id`,
);
const page = sql<NudgeMessageRow>(
  `select ${columns} from nudge_message m where m.agency_id = app.agency() and ($2::text[] is null or m.state = any($2))
     and ($3::timestamptz is null or (m.created_at, m.id) < ($3, $4::uuid)) order by m.created_at desc, m.id desc limit $1`,
);
const forget = sql(
  `delete from nudge_message where ctid = any(array(select ctid from nudge_message
     where ended_at < app.now() - (case when state = 'FAILED' then interval '90 days' else interval '30 days' end) limit 1000))`,
);

/** What is on its way to staff. */
@Injectable()
export class NudgeMessagesStore {
  add(tx: SystemTx, messages: readonly NewMessage[]): void {
    tx.post(add, [JSON.stringify(messages)]);
  }

  /** Takes in hand what is due, for a minute. */
  claim(tx: SystemTx, limit: number): Promise<NudgeMessageEntity[]> {
    return tx.query(claim, [limit]);
  }

  /** False when it was settled by somebody else meanwhile. */
  async settle(tx: SystemTx, id: string, { state, code, status, nextAttemptAt }: Outcome): Promise<boolean> {
    return (await tx.query(settle, [id, state, code, status, nextAttemptAt])).length > 0;
  }

  /** Of the asking agency, newest first; one more than asked for where more follow. */
  page(reader: Reader, states: readonly NudgeMessageState[] | null, first: number, after: Keyset | null) {
    return reader.query(page, [first + 1, states, after?.createdAt ?? null, after?.id ?? null]);
  }

  forget(tx: SystemTx): void {
    tx.post(forget);
  }
}
