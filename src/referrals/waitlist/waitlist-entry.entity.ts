import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OverdoseSignal } from '../../overdoses';
import type { InterimResult, InterimServiceKind } from './engine/interim';
import type { PriorityTier } from './engine/order';
import type { ContactOutcome } from './engine/removal';
import type { ContactWay, WaitEnd } from './waitlist-words';

/** One who waits for a place. A referral has one entry, opened again when a place is lost. */
@Entity('waitlist_entry')
export class WaitlistEntryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  @Column('text') tier: PriorityTier;
  @Column('integer') risk: number;
  /** What overdoses on file add to the risk, and which signals of them are raised. */
  @Column('integer') overdoseRisk: number;
  @Column('text', { array: true }) overdoseSignals: OverdoseSignal[];
  /** Whose report told of the last of them. */
  @Column('uuid', { nullable: true }) overdoseAgencyId: string | null;
  @Column('text') rulesVersion: string;
  @Column('timestamptz') requestedAt: Date;
  @Column('timestamptz') since: Date;
  @Column('integer') noShows: number;
  @Column('timestamptz', { nullable: true }) interimCompletedAt: Date | null;
  @Column('text', { nullable: true }) contactWay: ContactWay | null;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'contact_detail_sealed', nullable: true }) contactDetail: string | null;
  @Column('uuid', { nullable: true }) transferredToProgramId: string | null;
  @Column('timestamptz', { nullable: true }) transferredAt: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) endReason: WaitEnd | null;
}

@Entity('interim_service')
export class InterimServiceEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') entryId: string;
  @Column('text') service: InterimServiceKind;
  @Column('text') result: InterimResult;
  @Column('timestamptz') givenAt: Date;
  @Column('uuid', { nullable: true }) programId: string | null;
  @Column('uuid') referralId: string;
  @Column('timestamptz') recordedAt: Date;
  @Column('uuid') recordedBy: string;
  @Column('uuid') agencyId: string;
}

@Entity('waitlist_contact')
export class WaitlistContactEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') entryId: string;
  @Column('timestamptz') at: Date;
  @Column('text') outcome: ContactOutcome;
  @Column('uuid') referralId: string;
  @Column('uuid') recordedBy: string;
  @Column('uuid') agencyId: string;
}

/** How one who waits fared when a place opened. */
@Entity('place_consideration')
export class PlaceConsiderationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') runId: string;
  @Column('uuid') poolId: string;
  @Column('uuid') programId: string;
  @Column('uuid') entryId: string;
  @Column('uuid') referralId: string;
  @Column('integer') position: number;
  @Column('timestamptz') at: Date;
  @Column('text') rulesVersion: string;
  @Column('text', { array: true }) rules: string[];
}
