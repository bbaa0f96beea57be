import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Race, Sex } from '../kernel/vocabulary';
import type { SuspectedSubstance } from './engine/vocabulary';

/** One overdose of one person, as everybody who reported it tells it together. Nobody’s record: read as Handrail only. */
@Entity('overdose_event')
export class OverdoseEventEntity {
  @PrimaryColumn('uuid') id: string;
  /** When Handrail first heard of it. */
  @Column('timestamptz') recordedAt: Date;
  @Column('timestamptz') occurredAt: Date;
  @Column('boolean') isTimeKnown: boolean;
  @Column('text') countyFips: string;
  @Column('double precision', { nullable: true }) latitude: number | null;
  @Column('double precision', { nullable: true }) longitude: number | null;
  @Column('text', { nullable: true }) residenceCountyFips: string | null;
  @Column('boolean') isFatal: boolean;
  @Column('boolean') isNaloxoneGiven: boolean;
  @Column('integer', { nullable: true }) doses: number | null;
  @Column('text', { array: true }) suspectedSubstances: SuspectedSubstance[];
  @Column('boolean', { nullable: true }) hasChildrenPresent: boolean | null;
  @Column('boolean', { nullable: true }) isTransported: boolean | null;
  @Column('boolean') hasRefusedTransport: boolean;
  @Column('integer', { nullable: true }) ageYears: number | null;
  @Column('text', { nullable: true }) sex: Sex | null;
  /** For counts; no record shows it. */
  @Column('text', { nullable: true }) race: Race | null;
  /** Reports of it that stand. */
  @Column('integer') reports: number;
  /** Moves with every change. */
  @Column('integer') version: number;
  /** Joined into another event, or all its reports were taken back. */
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('uuid', { nullable: true }) joinedInto: string | null;
}

/** A report’s part in an event, from and until when. */
@Entity('overdose_event_report')
export class OverdoseEventReportEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') eventId: string;
  @Column('uuid') reportId: string;
  @Column('timestamptz') fromAt: Date;
  @Column('timestamptz', { nullable: true }) untilAt: Date | null;
  @Column('text', { nullable: true }) rule: string | null;
  @Column('text') policyVersion: string;
}
