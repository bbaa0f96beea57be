import { Injectable } from '@nestjs/common';
import type { PastOverdose } from '../overdoses';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { ReferralDangerEntity } from './referral-danger.entity';
import type { ReferralEntity } from './referral.entity';

/** Overdoses of a person that a sender did not report and may know of all the same, as it was shown them. */
export interface KnownOverdoses {
  readonly toldByAgencyId: string;
  readonly overdoses: readonly PastOverdose[];
}

const insertion = insertionOf(ReferralDangerEntity, 'referral_danger');
const ofReferral = sql<ReferralDangerEntity>(
  `select ${selectList(ReferralDangerEntity, 'd')} from referral_danger d where d.referral_id = $1 and d.agency_id = $2`,
);

/** What the sender of a referral knew from others when it referred. */
@Injectable()
export class SenderDangersStore {
  /** Kept as it was known then: what the others report later is not the sender’s to know. */
  keep(tx: SystemTx, { id, senderAgencyId }: ReferralEntity, { toldByAgencyId, overdoses }: KnownOverdoses): void {
    for (const { occurredAt, doses, hasRefusedTransport } of overdoses) {
      const known = { id: newId(), referralId: id, agencyId: senderAgencyId, toldByAgencyId };
      const row = { ...known, occurredAt, doses, hasRefusedTransport };
      tx.post(insertion.statement, insertion.valuesOf(row));
    }
  }

  known(tx: SystemTx, { id, senderAgencyId }: ReferralEntity): Promise<ReferralDangerEntity[]> {
    return tx.query(ofReferral, [id, senderAgencyId]);
  }
}
