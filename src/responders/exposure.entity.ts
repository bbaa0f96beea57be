import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  ExposedKind,
  ExposureOutcome,
  ExposureRoute,
  ExposureSubstance,
  ExposureSymptom,
  Protection,
} from './engine/vocabulary';
import type { ExposureState } from './exposure.machine';

/** What a responder, or their dog, was exposed to: their own record, with nothing in it of whoever was helped. */
@Entity('exposure')
export class ExposureEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') responderId: string;
  @Column('bytea', { name: 'responder_name_sealed' }) responderName: string;
  @Column('text') exposed: ExposedKind;
  @Column('timestamptz') occurredAt: Date;
  @Column('timestamptz') reportedAt: Date;
  @Column('text', { nullable: true }) countyFips: string | null;
  @Column('text', { array: true }) substances: ExposureSubstance[];
  @Column('text', { array: true }) routes: ExposureRoute[];
  /** Empty: none. */
  @Column('text', { array: true }) symptoms: ExposureSymptom[];
  @Column('text', { array: true }) protection: Protection[];
  @Column('integer') naloxoneDoses: number;
  @Column('boolean') wentToHospital: boolean;
  @Column('text') state: ExposureState;
  /** By when the next step is due; null: none is. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { nullable: true }) reviewedAt: Date | null;
  @Column('uuid', { nullable: true }) reviewedBy: string | null;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  @Column('text', { nullable: true }) outcome: ExposureOutcome | null;
}
