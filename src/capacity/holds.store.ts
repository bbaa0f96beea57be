import { Injectable } from '@nestjs/common';
import type { ConsentScope, FieldClass, Relation } from '../access';
import type { LevelOfCare } from '../kernel/vocabulary';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { HoldEntity } from './hold.entity';

export type HoldRow = HoldEntity & {
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
  readonly part2: FieldClass[];
};

export interface HoldRequest {
  readonly poolId: string;
  readonly referralId: string;
  /** By the database’s clock. */
  readonly endsAt: Date;
  /**
   * Who sent the referral. `isBound`: its quota decides, because nobody at the program
   * does. A program that was asked and accepts gives its place away itself.
   */
  readonly sender?: { readonly agencyId: string; readonly isBound: boolean };
}

export interface DueHold {
  readonly id: string;
  readonly referralId: string;
  readonly agencyId: string;
}

export interface MadeHold {
  readonly id: string;
  readonly endsAt: Date;
  readonly refused: null;
}

/** No place, or the sender’s quota: for all its referrals in hand, or for its share of one pool. */
export interface NotHeld {
  readonly refused: 'NO_PLACE' | 'AGENCY' | 'POOL';
}

interface Freed {
  readonly id: string;
  readonly poolId: string;
}

const columns = `${selectList(HoldEntity, 'h')},
  array_remove(array[case when h.agency_id = app.agency() then 'OWN_AGENCY' end,
    (select nullif(rp.side, 'PROVIDER') from referral_party rp where rp.referral_id = h.referral_id and rp.agency_id = app.agency())
  ], null) as relations,
  coalesce((select app.active_consents(r.person_id, app.agency()) from referral r where r.id = h.referral_id), '{}') as consents,
  case when h.agency_id <> app.agency()
      and exists (select 1 from bed_pool bp join program g on g.id = bp.program_id where bp.id = h.pool_id and g.part2_program)
      and exists (select 1 from referral r join person_party pp on pp.person_id = r.person_id
        where r.id = h.referral_id and pp.agency_id = app.agency())
    then '{CARE}'::text[] else '{}' end as part2`;

const holdsById = sql<HoldRow>(`select ${columns} from hold h where h.id = any($1::uuid[])`);
const activeHoldsOfPools = sql<HoldRow>(
  `select ${columns} from hold h where h.pool_id = any($1::uuid[]) and h.state = 'ACTIVE' order by h.ends_at nulls last, h.id`,
);
const dueHolds = sql<DueHold>(
  `select h.id, h.referral_id as "referralId", h.agency_id as "agencyId" from hold h
   where h.state = 'ACTIVE' and h.ends_at <= (select app.now()) and h.id <> all ($2::uuid[]) order by h.ends_at limit $1`,
);

// The latest of theirs. One whose end has passed is lost, whether or not it has been given free yet.
const lostHold = sql<{ id: string }>(
  `select id from (select h.id, h.state, h.ends_at from hold h where h.referral_id = $1 and h.agency_id = app.agency()
     order by h.created_at desc, h.id desc limit 1) last
   where state = 'EXPIRED' or (state = 'ACTIVE' and ends_at <= app.now())`,
);

// Each of the following is one statement that guards and writes. A guard that waits for another transaction is judged
// again on the row as that transaction left it, so of two that race exactly one finds its condition true.
// The largest figures of both say "no quota": nothing is counted then, however many referrals are in hand.
const makeHold = sql<MadeHold | NotHeld>(
  `select id, ends_at as "endsAt", refused from app.keep_place($1, $2, $3, $4, $5, $6::boolean and not exists (
     select 1 from hold_quota q where q.agency_id = $5 and q.active_holds = 1000000 and q.pool_share_percent = 100))`,
);
const isOpen = sql<{ isOpen: boolean }>(
  'select b.is_active and p.is_active as "isOpen" from bed_pool b join program p on p.id = b.program_id where b.id = $1',
);
const extendHold = sql<{ id: string }>(
  `update hold set ends_at = $2 where id = $1 and state = 'ACTIVE' and (ends_at is null or ends_at > app.now()) returning id`,
);
const levelOfHold = sql<{ level: LevelOfCare }>(
  'select b.level_of_care as level from hold h join bed_pool b on b.id = h.pool_id where h.id = $1',
);
const convertHold = sql<Freed>(
  `with ended as (
     update hold set state = 'CONVERTED', ended_at = app.now()
     where id = $1 and state = 'ACTIVE' and (ends_at is null or ends_at > app.now()) returning id, pool_id)
   update bed_pool b set held = b.held - 1, occupied = b.occupied + 1 from ended where b.id = ended.pool_id
   returning ended.id, b.id as "poolId"`,
);
const endHold = (state: string, guard: string) =>
  sql<Freed>(
    `with ended as (
       update hold set state = '${state}', ended_at = app.now() where id = $1 and state = 'ACTIVE' and ${guard} returning id, pool_id)
     update bed_pool b set held = b.held - 1 from ended where b.id = ended.pool_id returning ended.id, b.id as "poolId"`,
  );
const releaseHold = endHold('RELEASED', 'true');
const expireHold = endHold('EXPIRED', 'ends_at <= app.now()');
const vacatePlace = sql<{ id: string }>(
  'update bed_pool set occupied = occupied - 1 where id = $1 and occupied > 0 returning id',
);

@Injectable()
export class HoldsStore {
  /** A hold of the asking agency on this referral that ran out. */
  async lost(reader: Reader, referralId: string): Promise<{ id: string } | undefined> {
    return (await reader.query(lostHold, [referralId]))[0];
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<HoldRow[]> {
    return reader.query(holdsById, [ids]);
  }

  activeOfPools(reader: Reader, poolIds: readonly string[]): Promise<HoldRow[]> {
    return reader.query(activeHoldsOfPools, [poolIds]);
  }

  due(reader: Reader, limit: number, resting: readonly string[]): Promise<DueHold[]> {
    return reader.query(dueHolds, [limit, resting]);
  }

  make(tx: SystemTx, { poolId, referralId, endsAt, sender }: HoldRequest): Promise<MadeHold | NotHeld> {
    return tx.one(makeHold, [newId(), poolId, referralId, endsAt, sender?.agencyId, sender?.isBound ?? false]);
  }

  /** Whether pool and program take anybody new, room or not; one that is not there takes nobody. */
  async isOpen(tx: SystemTx, poolId: string): Promise<boolean> {
    return (await tx.query(isOpen, [poolId]))[0]?.isOpen ?? false;
  }

  async extend(tx: SystemTx, id: string, endsAt: Date | null) {
    return (await tx.query(extendHold, [id, endsAt])).at(0);
  }

  async levelOf(tx: SystemTx, id: string): Promise<LevelOfCare> {
    return (await tx.one(levelOfHold, [id])).level;
  }

  async convert(tx: SystemTx, id: string) {
    return (await tx.query(convertHold, [id])).at(0);
  }

  async release(tx: SystemTx, id: string) {
    return (await tx.query(releaseHold, [id])).at(0);
  }

  async expire(tx: SystemTx, id: string) {
    return (await tx.query(expireHold, [id])).at(0);
  }

  async vacate(tx: SystemTx, poolId: string) {
    return (await tx.query(vacatePlace, [poolId])).at(0);
  }
}
