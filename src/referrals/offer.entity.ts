import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OfferState } from './offer.machine';
import type { DeclinedBy, DeclineReason, WithdrawReason } from './reasons';

/** A referral put to one program. */
@Entity('offer')
export class OfferEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  @Column('uuid') programId: string;
  @Column('uuid') poolId: string;
  @Column('uuid') agencyId: string;
  @Column('uuid', { nullable: true }) matchRunId: string | null;
  @Column('text') state: OfferState;
  /** Place in the order of the match, 1 is best. */
  @Column('integer') rank: number;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') acknowledgeBy: Date;
  @Column('timestamptz') decideBy: Date;
  @Column('timestamptz', { nullable: true }) acknowledgedAt: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) declineReason: DeclineReason | null;
  @Column('text', { nullable: true }) declinedBy: DeclinedBy | null;
  @Column('text', { nullable: true }) withdrawReason: WithdrawReason | null;
  @Column('uuid', { nullable: true }) secondLookOf: string | null;
}
