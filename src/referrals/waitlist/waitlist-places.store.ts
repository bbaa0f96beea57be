import { Injectable } from '@nestjs/common';
import { isClosed } from '../../agencies';
import type { Pathway, RedFlag } from '../../kernel/vocabulary';
import type { PartialNeed } from '../../matching';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx, Tx } from '../../platform/database/tx';
import type { Missing } from '../progress';
import type { ReferralState } from '../referral.machine';
import type { PriorityTier } from './engine/order';
import type { Considered } from './engine/placement';
import { twinAhead } from './twins.store';

/** One who waits, with all that decides whether a place is theirs. */
export interface WaitingRow {
  /** Of the entry. */
  readonly id: string;
  readonly referralId: string;
  readonly personId: string;
  readonly senderAgencyId: string;
  readonly submittedAt: Date;
  readonly tier: PriorityTier;
  readonly risk: number;
  readonly since: Date;
  readonly pathway: Pathway;
  readonly need: PartialNeed;
  readonly state: ReferralState;
  readonly missing: readonly Missing[];
  readonly redFlags: readonly RedFlag[];
  readonly transferredToProgramId: string | null;
  readonly isTwinAhead: boolean;
  /** Those that wait for an answer, and those that ended lately with a no or in silence. */
  readonly offers: readonly { readonly programId: string; readonly isLive: boolean }[];
}

export interface PoolRow {
  readonly poolId: string;
  readonly programId: string;
  readonly agencyId: string;
  readonly state: string;
  readonly latitude: number | null;
  readonly liveOffers: number;
}

/** A band of latitudes. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** A degree of latitude is never shorter, so that nobody within reach is left out. */
const KM_PER_DEGREE = 110.5;
const live = `o.state in ('PENDING','ACKNOWLEDGED')`;
const reach = `greatest(coalesce((r.need->>'maxDistanceKm')::float8, 80), case when e.transferred_to_program_id is null then 0 else $4::float8 end) / ${KM_PER_DEGREE}`;
// A program that asks for facts considers the person: they wait on, as with any other offer.
const WAITS = `('WAITLISTED','OFFERED','NEEDS_INFO')`;
const waitingIn = sql<WaitingRow>(
  `select e.id, e.referral_id as "referralId", r.person_id as "personId", r.sender_agency_id as "senderAgencyId", r.submitted_at as "submittedAt", e.tier, e.risk + e.overdose_risk as risk, e.since, r.pathway, r.need, r.state, r.missing, r.red_flags as "redFlags",
     e.transferred_to_program_id as "transferredToProgramId", ${twinAhead} as "isTwinAhead", coalesce((
       select jsonb_agg(jsonb_build_object('programId', o.program_id, 'isLive', ${live})) from offer o where o.referral_id = r.id
         and (${live} or (o.state in ('DECLINED','EXPIRED') and o.ended_at > app.now() - make_interval(mins => $3)))), '[]') as offers
   from waitlist_entry e join referral r on r.id = e.referral_id
   where e.ended_at is null and r.state in ${WAITS}
     and (r.need->>'latitude')::float8 between $1::float8 - ${reach} and $2::float8 + ${reach}`,
);
const poolsByIds = sql<PoolRow>(
  `select b.id as "poolId", p.id as "programId", b.agency_id as "agencyId", p.state, p.latitude, (select count(*)::int from offer o where o.pool_id = b.id and ${live}) as "liveOffers"
   from bed_pool b join program p on p.id = b.program_id where b.id = any($1::uuid[])`,
);
const isAnybodyWaiting = sql<{ isAnybody: boolean }>(
  'select exists (select 1 from waitlist_entry where ended_at is null) as "isAnybody"',
);
const openPools = sql<{ id: string }>(
  `select b.id from bed_pool b join program p on p.id = b.program_id
   where exists (select 1 from waitlist_entry where ended_at is null)
     and b.is_active and p.is_active and not ${isClosed('b.agency_id')} and b.staffed - b.occupied - b.held > 0 and b.id > $1
     and b.attested_at + p.freshness_minutes * interval '1 minute' > app.now()
   order by b.id limit $2`,
);
const poolsOfProgram = sql<{ id: string }>('select id from bed_pool where program_id = $1 order by id');
const poolOfOffer = sql<{ id: string }>('select pool_id as id from offer where id = $1');
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('waitlist ' || $1, 0))`);
const tryTurn = sql<{ isTaken: boolean }>(
  `select pg_try_advisory_xact_lock(hashtextextended('waitlist ' || $1, 0)) as "isTaken"`,
);
const asSeen = sql<{ id: string }>(
  `select e.id from waitlist_entry e join referral r on r.id = e.referral_id where e.id = $1 and e.ended_at is null
     and r.state = $3 and r.missing = $4 and r.need = $5 and (select count(*) from offer o where o.referral_id = r.id and ${live}) = $2`,
);
const record = sql(
  `insert into place_consideration (id, run_id, pool_id, program_id, entry_id, referral_id, position, at, rules_version, rules)
   select c.id, $1, $2, $3, c."entryId", c."referralId", c.position, $4, $5, array(select jsonb_array_elements_text(c.rules))
   from jsonb_to_recordset($6) as c(id uuid, "entryId" uuid, "referralId" uuid, position int, rules jsonb)`,
);

/** A place, and those it was put to in their order. */
export interface ConsideredPlace {
  readonly poolId: string;
  readonly programId: string;
  readonly rulesVersion: string;
  readonly asOf: Date;
  readonly considered: readonly (Considered & { readonly referralId: string })[];
}

@Injectable()
export class WaitlistPlacesStore {
  /** Those who wait and may be within reach of a band. `reader` must be the system’s. */
  waitingIn(reader: Reader, { from, to }: Band, askAgainMinutes: number, reasonableKm: number): Promise<WaitingRow[]> {
    return reader.query(waitingIn, [from, to, askAgainMinutes, reasonableKm]);
  }

  pools(reader: Reader, poolIds: readonly string[]): Promise<PoolRow[]> {
    return reader.query(poolsByIds, [poolIds]);
  }

  async isAnybodyWaiting(reader: Reader): Promise<boolean> {
    return (await reader.query(isAnybodyWaiting))[0]?.isAnybody ?? false;
  }

  /** Pools with a free place, in the order of their ids, after one; none while nobody waits. */
  async openPools(reader: Reader, after: string, limit: number): Promise<string[]> {
    return (await reader.query(openPools, [after, limit])).map(({ id }) => id);
  }

  async poolsOfProgram(reader: Reader, programId: string): Promise<string[]> {
    return (await reader.query(poolsOfProgram, [programId])).map(({ id }) => id);
  }

  async poolOfOffer(reader: Reader, offerId: string): Promise<string | null> {
    return (await reader.query(poolOfOffer, [offerId]))[0]?.id ?? null;
  }

  /** Those who give places of one program past others do it one after the other, until they have committed. */
  async takeTurn(tx: Tx, programId: string): Promise<void> {
    await tx.query(takeTurn, [programId]);
  }

  /** The same without waiting; false: somebody else has it. */
  async tryTurn(tx: Tx, programId: string): Promise<boolean> {
    return (await tx.query(tryTurn, [programId]))[0]?.isTaken ?? false;
  }

  /** Under the lock of the referral: whether they still wait with the need that was judged, before as many programs as they were seen. */
  async isAsSeen(tx: SystemTx, { id, offers, state, missing, need }: WaitingRow): Promise<boolean> {
    const live = offers.filter(({ isLive }) => isLive).length;
    return (await tx.query(asSeen, [id, live, state, missing, JSON.stringify(need)])).length === 1;
  }

  /** What was considered, each for itself: nobody reads of another. */
  record(tx: SystemTx, { poolId, programId, asOf, rulesVersion, considered }: ConsideredPlace): void {
    const rows = considered.map((one, index) => ({ ...one, id: newId(), position: index + 1 }));
    tx.post(record, [newId(), poolId, programId, asOf, rulesVersion, JSON.stringify(rows)]);
  }
}
