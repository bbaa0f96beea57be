import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaregiverCommand, CaregiverState } from './caregiver.machine';
import type { ChildReportState } from './child-report.machine';
import type { CaregiverCheck, CheckResult, ChildConcern, ChildOutcome, Relationship } from './engine/vocabulary';

/** A report of a child to child services: its own small object, with nothing of any other record in it. */
@Entity('child_report')
export class ChildReportEntity {
  @PrimaryColumn('uuid') id: string;
  /** Child services. */
  @Column('uuid') agencyId: string;
  @Column('uuid') reportingAgencyId: string;
  @Column('uuid') reportedBy: string;
  @Column('text') state: ChildReportState;
  @Column('bytea', { name: 'child_name_sealed', nullable: true }) childName: string | null;
  @Column('integer', { nullable: true }) ageYears: number | null;
  @Column('bytea', { name: 'place_sealed' }) place: string;
  @Column('text', { array: true }) concerns: ChildConcern[];
  @Column('boolean') isInDanger: boolean;
  @Column('uuid', { nullable: true }) schoolAgencyId: string | null;
  @Column('timestamptz') reportedAt: Date;
  @Column('timestamptz', { nullable: true }) receivedAt: Date | null;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  @Column('text', { nullable: true }) outcome: ChildOutcome | null;
}

/** Somebody who may take a child in, with how far their vetting is. */
@Entity('caregiver_candidate')
export class CaregiverEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') childReportId: string;
  @Column('bytea', { name: 'name_sealed' }) name: string;
  /** By which somebody is known again who was named before; null: named before that was kept. */
  @Column('bytea', { nullable: true }) nameIndex: Buffer | null;
  @Column('text') relationship: Relationship;
  @Column('text') state: CaregiverState;
  @Column('timestamptz') proposedAt: Date;
  @Column('uuid') proposedBy: string;
}

/** A check or a decision about a candidate. Never changed. */
@Entity('caregiver_step')
export class CaregiverStepEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') candidateId: string;
  @Column('timestamptz') at: Date;
  @Column('uuid') byId: string;
  @Column('text') byName: string;
  @Column('text') command: CaregiverCommand;
  @Column('text') state: CaregiverState;
  @Column('text', { nullable: true }) checkKind: CaregiverCheck | null;
  @Column('text', { nullable: true }) result: CheckResult | null;
}
