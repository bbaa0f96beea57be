import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RunRule } from './matching.enums';

/** Nobody could take the person of a referral. */
@Entity('unmet_need')
export class UnmetNeedEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  @Column('uuid') matchRunId: string;
  /** The agency that sent the referral. */
  @Column('uuid') agencyId: string;
  @Column('text', { array: true }) rules: RunRule[];
  @Column('text', { nullable: true }) countyFips: string | null;
  @Column('timestamptz') at: Date;
  @Column('timestamptz', { nullable: true }) resolvedAt: Date | null;
}
