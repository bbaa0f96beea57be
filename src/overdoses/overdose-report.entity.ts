import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../access';
import type { Race, Sex } from '../kernel/vocabulary';
import type { Doses, RetractionReason, RevisionReason, SuspectedSubstance, Transport } from './engine/vocabulary';

/** What one agency reports of one overdose of one person. */
@Entity('overdose_report')
export class OverdoseReportEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('text', { nullable: true }) clientId: string | null;
  @Column('uuid') reportedBy: string;
  @Column('text') role: Role;
  @Column('text', { nullable: true }) source: string | null;
  @Column('timestamptz') receivedAt: Date;
  @Column('timestamptz') occurredAt: Date;
  @Column('boolean') isTimeKnown: boolean;
  @Column('text') countyFips: string;
  @Column('double precision', { nullable: true }) latitude: number | null;
  @Column('double precision', { nullable: true }) longitude: number | null;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'place_sealed', nullable: true }) place: string | null;
  @Column('boolean') isFatal: boolean;
  @Column('boolean') isNaloxoneGiven: boolean;
  @Column('jsonb', { nullable: true }) doses: Doses[] | null;
  @Column('text', { array: true }) suspectedSubstances: SuspectedSubstance[];
  @Column('boolean', { nullable: true }) hasChildrenPresent: boolean | null;
  @Column('boolean', { nullable: true }) hasOthersPresent: boolean | null;
  @Column('text', { nullable: true }) transport: Transport | null;
  @Column('text', { nullable: true }) residenceCountyFips: string | null;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'residence_sealed', nullable: true }) residence: string | null;
  @Column('integer', { nullable: true }) ageYears: number | null;
  @Column('text', { nullable: true }) sex: Sex | null;
  /** For counts; no record shows it. */
  @Column('text', { nullable: true }) race: Race | null;
  @Column('uuid', { nullable: true }) personId: string | null;
  @Column('uuid', { nullable: true }) episodeId: string | null;
  @Column('boolean') isApart: boolean;
  @Column('integer') revision: number;
  @Column('timestamptz', { nullable: true }) retractedAt: Date | null;
  @Column('text', { nullable: true }) retractedBecause: RetractionReason | null;
}

/** What a report said from then on; written once. */
@Entity('overdose_report_revision')
export class OverdoseReportRevisionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') reportId: string;
  @Column('uuid') agencyId: string;
  @Column('integer') revision: number;
  @Column('timestamptz') at: Date;
  @Column('uuid') byActor: string;
  @Column('text') because: RevisionReason;
  @Column('jsonb') facts: Record<string, unknown>;
  /** Whom it named; the record itself says what is known of them. */
  @Column('uuid', { nullable: true }) personId: string | null;
  @Column('bytea', { name: 'place_sealed', nullable: true }) place: string | null;
  @Column('bytea', { name: 'residence_sealed', nullable: true }) residence: string | null;
}
