import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal';
import type { LevelOfCare } from '../kernel/vocabulary';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { PLACE_OPENED, PLACES_CHANGED } from './capacity.events';
import { RoomClocks } from './room-clocks';
import { HoldsStore, type DueHold, type HoldRequest, type NotHeld } from './holds.store';

/**
 * Keeping, taking and giving free of places, inside the transaction of whoever decided it. Every step is one statement
 * that both guards and writes; the caller refuses or goes on by what it returns.
 */
@Injectable()
export class CapacityService {
  constructor(
    private readonly holds: HoldsStore,
    private readonly clocks: RoomClocks,
  ) {}

  /**
   * Keeps one place. Refuses with NO_CAPACITY when none is left or pool or program is inactive, with HOLD_QUOTA when as many
   * referrals of the sender are in hand as may be. Nothing is changed then, and the quota’s refusal stands in the audit trail if the command goes on.
   */
  async hold(
    tx: SystemTx,
    request: HoldRequest,
  ): Promise<{ id: string; endsAt: Date } | Refusal<'NO_CAPACITY' | 'HOLD_QUOTA'>> {
    const { poolId, referralId } = request;
    const hold = await this.holds.make(tx, request);
    if (hold.refused === 'NO_PLACE') {
      return (await this.holds.isOpen(tx, poolId)) ? full(poolId) : closed(poolId);
    }
    if (hold.refused !== null) {
      const details = { poolId, referralId, code: 'HOLD_QUOTA', scope: hold.refused };
      tx.audit({ action: 'hold.refused', subjectType: 'BedPool', subjectId: poolId, details });
      return overQuota(poolId, hold.refused);
    }
    tx.audit({ action: 'hold.made', subjectType: 'Hold', subjectId: hold.id, details: { poolId, referralId } });
    tx.emit({ name: PLACES_CHANGED, subjectType: 'BedPool', subjectId: poolId });
    return { id: hold.id, endsAt: hold.endsAt };
  }

  /** Moves the end of a hold that has not passed; `null`: kept until admission or closing. */
  async extend(tx: SystemTx, holdId: string, endsAt: Date | null): Promise<{ id: string } | Refusal<'HOLD_EXPIRED'>> {
    const hold = await this.holds.extend(tx, holdId, endsAt);
    if (!hold) return holdExpired();
    tx.audit({ action: 'hold.extended', subjectType: 'Hold', subjectId: holdId, details: { endsAt } });
    return hold;
  }

  /** Admission: the kept place becomes an occupied one. No news of room: as many are free as before, and senders listen. */
  async convert(tx: SystemTx, holdId: string): Promise<{ id: string; poolId: string } | Refusal<'HOLD_EXPIRED'>> {
    const converted = await this.holds.convert(tx, holdId);
    if (!converted) return holdExpired();
    const { poolId } = converted;
    await this.clocks.occupied(tx, poolId);
    tx.audit({ action: 'hold.converted', subjectType: 'Hold', subjectId: holdId, details: { poolId } });
    return converted;
  }

  /** The level of care of the place that is, or was, kept. */
  levelOf(tx: SystemTx, holdId: string): Promise<LevelOfCare> {
    return this.holds.levelOf(tx, holdId);
  }

  /** Gives the place free before its end. False when the hold had ended already. */
  async release(tx: SystemTx, holdId: string): Promise<boolean> {
    return this.freed(tx, 'hold.released', await this.holds.release(tx, holdId));
  }

  /** Gives the place free when the hold’s end has passed. False when it has not, or the hold had ended already. */
  async expire(tx: SystemTx, holdId: string): Promise<boolean> {
    return this.freed(tx, 'hold.expired', await this.holds.expire(tx, holdId));
  }

  /** Discharge: one occupied place of the pool becomes free. False when the census says that none is occupied. */
  async vacate(tx: SystemTx, poolId: string): Promise<boolean> {
    const pool = await this.holds.vacate(tx, poolId);
    if (!pool) return false;
    tx.audit({ action: 'place.vacated', subjectType: 'BedPool', subjectId: poolId });
    tx.emit({ name: PLACE_OPENED, subjectType: 'BedPool', subjectId: poolId });
    return true;
  }

  /** HOLD_EXPIRED when the asking agency kept a place for this referral last and its end has passed; else null. */
  async lostHold(reader: Reader, referralId: string): Promise<Refusal<'HOLD_EXPIRED'> | null> {
    return (await this.holds.lost(reader, referralId)) ? holdExpired() : null;
  }

  /** Holds whose end has passed, longest due first, without those at rest. `reader` must be the system’s. */
  dueHolds(reader: Reader, limit: number, resting: readonly string[] = []): Promise<DueHold[]> {
    return this.holds.due(reader, limit, resting);
  }

  private freed(tx: SystemTx, action: string, hold: { id: string; poolId: string } | undefined): boolean {
    if (!hold) return false;
    const { id, poolId } = hold;
    tx.audit({ action, subjectType: 'Hold', subjectId: id, details: { poolId } });
    tx.emit({ name: PLACE_OPENED, subjectType: 'BedPool', subjectId: poolId });
    return true;
  }
}

const full = (poolId: string): Refusal<'NO_CAPACITY'> =>
  new Refusal('NO_CAPACITY', 'No place is left in this pool.', {
    poolId,
    remedy: 'Offer the referral to another program, or post a census if places are free.',
  });

const closed = (poolId: string): Refusal<'NO_CAPACITY'> =>
  new Refusal('NO_CAPACITY', 'This pool, or its program, is closed: nobody new is taken.', {
    poolId,
    remedy:
      'The next program is asked by itself. If it was closed by mistake, open it again (`updateBedPool`, `updateProgram`: `isActive`).',
  });

const overQuota = (poolId: string, scope: NotHeld['refused']): Refusal<'HOLD_QUOTA'> =>
  new Refusal('HOLD_QUOTA', 'As many referrals of your agency are in hand as may be placed at once.', {
    poolId,
    scope,
    remedy:
      scope === 'POOL'
        ? 'Choose another program, or wait two hours: each referral counts for so long, or until it ends.'
        : 'Ask a program that decides itself, or wait two hours: each referral counts for so long, or until it ends.',
  });

const holdExpired = (): Refusal<'HOLD_EXPIRED'> =>
  new Refusal('HOLD_EXPIRED', 'The place is no longer kept.', {
    remedy:
      'Ask the coordinating team to have the referral routed again (`routeReferral`) or to put it to you anew (`offerReferral`).',
  });
