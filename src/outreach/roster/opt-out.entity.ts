import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseKind } from '../engine/vocabulary';

/** Whoever said that nobody is to come: for good. Read as Handrail only. */
@Entity('outreach_opt_out')
export class OutreachOptOutEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: CaseKind;
  @Column('uuid') caseId: string;
  @Column('uuid', { nullable: true }) personId: string | null;
  @Column('text') countyFips: string;
  @Column('bytea', { name: 'address_sealed', nullable: true }) address: string | null;
  @Column('bytea', { nullable: true }) addressIndex: Buffer | null;
  /** The house number, under which other spellings of the home are found. */
  @Column('bytea', { name: 'number_sealed', nullable: true }) number: string | null;
  @Column('bytea', { nullable: true }) numberIndex: Buffer | null;
  @Column('timestamptz') recordedAt: Date;
  @Column('uuid') agencyId: string;
  @Column('uuid') byActor: string;
}

/** What a human said who saw the address of a case beside the one of an opt-out. Never changed. */
@Entity('outreach_home_decision')
export class OutreachHomeDecisionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') caseId: string;
  @Column('uuid') optOutId: string;
  @Column('boolean') isSameHome: boolean;
  /** Of the case, as it was then. */
  @Column('bytea', { name: 'address_sealed', nullable: true }) address: string | null;
  @Column('timestamptz') recordedAt: Date;
  @Column('uuid') agencyId: string;
  @Column('uuid') byActor: string;
}
