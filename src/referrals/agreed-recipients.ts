import { Injectable } from '@nestjs/common';
import { RevocationService, type Resting } from '../consent';
import { Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { ReferralEntity } from './referral.entity';

type Sent = Pick<ReferralEntity, 'id' | 'personId' | 'senderAgencyId' | 'submittedAt'>;

/** The agencies that a referral may still be put to. */
export interface Agreed {
  readonly isNobody: boolean;
  readonly includes: (agencyId: string) => boolean;
}

/**
 * To whom a referral may go once a consent to treatment, payment and operations that its sender recorded was taken back after it
 * was sent: to those that a consent still in force speaks to. Readers must be the system’s.
 */
@Injectable()
export class AgreedRecipients {
  constructor(private readonly revocation: RevocationService) {}

  /** By referral; one that is not in it may go to everybody. */
  async ofAll(reader: Reader, referrals: readonly Sent[]): Promise<ReadonlyMap<string, Agreed>> {
    const left = await this.revocation.recipientsLeft(reader, referrals.map(restingOf));
    return new Map(
      left.map(({ id, agencyIds }) => {
        const agreed = new Set(agencyIds);
        return [id, { isNobody: agreed.size === 0, includes: (agencyId) => agreed.has(agencyId) }];
      }),
    );
  }

  /** Null: everybody. */
  async of(reader: Reader, referral: Sent): Promise<Agreed | null> {
    return (await this.ofAll(reader, [referral])).get(referral.id) ?? null;
  }

  /** Null: it may go there. */
  async refusedTo(reader: Reader, referral: Sent, agencyId: string): Promise<Refusal<'CONSENT_REQUIRED'> | null> {
    const agreed = await this.of(reader, referral);
    return !agreed || agreed.includes(agencyId) ? null : takenBack();
  }
}

const restingOf = ({ id, personId, senderAgencyId, submittedAt }: Sent): Resting => ({
  ...{ id, personId, recordedByAgencyId: senderAgencyId, since: submittedAt },
});

const takenBack = (): Refusal<'CONSENT_REQUIRED'> =>
  new Refusal(
    'CONSENT_REQUIRED',
    'The person has taken the consent back, and none still in force speaks to this agency.',
    {
      scope: 'TREATMENT_PAYMENT_OPERATIONS',
      remedy: 'Ask the person; a new consent is recorded with recordConsent or recordPersonConsent.',
    },
  );
