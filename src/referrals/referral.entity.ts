import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Pathway, RedFlag } from '../kernel/vocabulary';
import type { PartialNeed } from '../matching';
import type { Missing } from './progress';
import type { CancelReason } from './reasons';
import type { ReferralState } from './referral.machine';

/** A request that a program take a person. */
@Entity('referral')
export class ReferralEntity {
  @PrimaryColumn('uuid') id: string;
  /** Sent by a Part 2 program, kept by the database. */
  @Column('boolean') sentIsPart2: boolean;
  /** A Part 2 program took it, kept by the database; stays so. */
  @Column('boolean') careIsPart2: boolean;
  @Column('uuid') episodeId: string;
  @Column('uuid') personId: string;
  @Column('text') pathway: Pathway;
  @Column('text') state: ReferralState;
  @Column('uuid') senderAgencyId: string;
  @Column('uuid') submittedBy: string;
  @Column('uuid', { nullable: true }) coordinatingAgencyId: string | null;
  /** No team of the sender’s: found by place because somebody waits. */
  @Column('boolean') isTeamByPlace: boolean;
  @Column('jsonb') need: PartialNeed;
  @Column('text', { array: true }) redFlags: RedFlag[];
  @Column('text', { array: true }) missing: Missing[];
  /** The receiving side, while a place is kept or taken. */
  @Column('uuid', { nullable: true }) receiverAgencyId: string | null;
  @Column('uuid', { nullable: true }) programId: string | null;
  @Column('uuid', { nullable: true }) holdId: string | null;
  @Column('timestamptz') submittedAt: Date;
  @Column('timestamptz', { nullable: true }) acknowledgedAt: Date | null;
  @Column('timestamptz', { nullable: true }) scheduledFor: Date | null;
  @Column('timestamptz', { nullable: true }) arrivedAt: Date | null;
  @Column('timestamptz', { nullable: true }) admittedAt: Date | null;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  @Column('text', { nullable: true }) outcome: string | null;
  @Column('text', { nullable: true }) endReason: string | null;
  @Column('integer') noShows: number;
  /** A sender that may not know of the arrival withdrew after it; the referral goes on without them. */
  @Column('timestamptz', { nullable: true }) senderWithdrewAt: Date | null;
  @Column('text', { nullable: true }) senderWithdrewReason: CancelReason | 'CONSENT_REVOKED' | null;
}

/** Who takes part in a referral: where every list and every policy starts from. */
@Entity('referral_party')
export class ReferralPartyEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('uuid') referralId: string;
  @Column('text') side: 'SENDER' | 'COORDINATING' | 'PROVIDER';
  @Column('timestamptz') submittedAt: Date;
}

/** One step of a referral’s history. */
@Entity('referral_change')
export class ReferralChangeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  /** In the order in which steps were taken; `at` is when the transaction began, which may be before a step it waited for. */
  @Column('bigint') position: string;
  @Column('timestamptz') at: Date;
  @Column('text') command: string;
  @Column('text', { nullable: true }) fromState: ReferralState | null;
  @Column('text') toState: ReferralState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('uuid') agencyId: string;
  @Column('uuid') actorId: string;
  @Column('text') actorKind: string;
}
