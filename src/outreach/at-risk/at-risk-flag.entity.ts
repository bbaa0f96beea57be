import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Medication } from '../../kernel/vocabulary';
import type { FlagConsent, RiskReason } from '../engine/vocabulary';

/** That hospital staff flagged a person at risk, and what it opened. */
@Entity('at_risk_flag')
export class AtRiskFlagEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') personId: string;
  @Column('uuid') episodeId: string;
  @Column('uuid') flaggedBy: string;
  @Column('timestamptz') flaggedAt: Date;
  @Column('text', { array: true }) reasons: RiskReason[];
  @Column('text') consentState: FlagConsent;
  @Column('boolean') wantsContact: boolean;
  @Column('text', { nullable: true }) medicationStarted: Medication | null;
  @Column('timestamptz', { nullable: true }) dischargeAt: Date | null;
  /** The person agreed in writing that the hospital learns whether they were reached. */
  @Column('boolean') mayTellBack: boolean;
  /** When they took that back. */
  @Column('timestamptz', { nullable: true }) tellBackEndedAt: Date | null;
  @Column('uuid', { nullable: true }) referralId: string | null;
  @Column('uuid', { nullable: true }) caseId: string | null;
  @Column('uuid', { nullable: true }) teamAgencyId: string | null;
  @Column('timestamptz', { nullable: true }) reachedAt: Date | null;
}
