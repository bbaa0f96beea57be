import { Injectable } from '@nestjs/common';
import { OverdosesService, type RaisedSignal } from '../overdoses';
import type { SystemTx } from '../platform/database/tx';
import type { ReferralEntity } from './referral.entity';
import { SenderDangersStore, type KnownOverdoses } from './sender-dangers.store';

interface SenderDangers {
  readonly dangers: readonly RaisedSignal[];
  /** Null: the sender’s own words. */
  readonly toldByAgencyId: string | null;
}

/** What puts a person in danger of another overdose, from nothing but what the sender of a referral knows itself. */
@Injectable()
export class SenderDangersService {
  constructor(
    private readonly store: SenderDangersStore,
    private readonly overdoses: OverdosesService,
  ) {}

  keep(tx: SystemTx, referral: ReferralEntity, known: KnownOverdoses): void {
    this.store.keep(tx, referral, known);
  }

  /** Its own reports, or what it was shown when it referred: whichever says more. Never both, for they may tell of one overdose. */
  async of(tx: SystemTx, referral: ReferralEntity): Promise<SenderDangers> {
    const own = await this.overdoses.riskByOwn(tx, referral.senderAgencyId, referral.personId, tx.asOf);
    const known = await this.store.known(tx, referral);
    const told = this.overdoses.riskFrom(known, tx.asOf);
    if (told.points <= own.points) return { dangers: own.raised, toldByAgencyId: null };
    return { dangers: told.raised, toldByAgencyId: known[0]?.toldByAgencyId ?? null };
  }
}
