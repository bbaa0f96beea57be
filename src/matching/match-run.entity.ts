import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Need } from './engine/need';
import type { StoredPreference } from './overdose-preference';
import type { StoredVerdicts } from './stored-verdicts';

/** What matching was told for a referral and what it answered. Never changed. */
@Entity('match_run')
export class MatchRunEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  /** The agency that sent the referral. */
  @Column('uuid') agencyId: string;
  @Column('timestamptz') asOf: Date;
  @Column('text') policyVersion: string;
  @Column('jsonb') need: Need;
  @Column('jsonb') verdicts: StoredVerdicts;
  /** Programs judged. */
  @Column('integer') considered: number;
  /** Programs that every rule let through and that were not asked before. */
  @Column('integer') eligible: number;
  /** The oldest census an eligible verdict rests on. */
  @Column('timestamptz', { nullable: true }) oldestCensusAt: Date | null;
  /** What overdoses that the sender knows of did to the order; null: it knew of none that count. */
  @Column('jsonb', { nullable: true }) overdosePreference: StoredPreference | null;
  /** Whose words the preference rests on; null: the sender’s own. */
  @Column('uuid', { nullable: true }) toldByAgencyId: string | null;
}
