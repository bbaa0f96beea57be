import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../access';
import type { EmergencyGround, EmergencyNature, ReviewFinding } from './engine/emergency';

/** One look into a record in a medical emergency, documented as 42 CFR 2.51(c) wants. Never changed but for its end. */
@Entity('break_glass')
export class BreakGlassEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') personId: string;
  /** The one that the look-up found, of those that one grant opened; null: this is it. */
  @Column('uuid', { nullable: true }) openedWith: string | null;
  @Column('uuid') agencyId: string;
  @Column('uuid') openedBy: string;
  @Column('text') role: Role;
  @Column('text') medicalPersonnel: string;
  @Column('text') affiliation: string;
  /** In somebody’s own words; opened by the store. */
  @Column('bytea', { name: 'discloser_sealed', nullable: true }) discloser: string;
  @Column('timestamptz') openedAt: Date;
  @Column('text') nature: EmergencyNature;
  @Column('text') ground: EmergencyGround;
  @Column('timestamptz') endsAt: Date;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('uuid', { nullable: true }) endedBy: string | null;
}

/** One agency’s privacy officer has this to look at. */
@Entity('break_glass_review')
export class BreakGlassReviewEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') breakGlassId: string;
  @Column('uuid') agencyId: string;
  @Column('timestamptz') dueAt: Date;
  @Column('text', { nullable: true }) finding: ReviewFinding | null;
  @Column('timestamptz', { nullable: true }) reviewedAt: Date | null;
  @Column('uuid', { nullable: true }) reviewedBy: string | null;
}
