import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LevelOfCare, Sex } from '../kernel/vocabulary';
import type { CensusSource } from './capacity.enums';

/** A program’s places of one sort. `occupied + held <= staffed` holds in the database itself. */
@Entity('bed_pool')
export class BedPoolEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('uuid') agencyId: string;
  @Column('text') name: string;
  @Column('text') levelOfCare: LevelOfCare;
  @Column('text', { array: true }) sexes: Sex[];
  @Column('integer', { nullable: true }) minAge: number | null;
  @Column('integer', { nullable: true }) maxAge: number | null;
  @Column('integer') staffed: number;
  @Column('integer') occupied: number;
  @Column('integer') held: number;
  @Column('timestamptz', { nullable: true }) attestedAt: Date | null;
  @Column('uuid', { nullable: true }) attestedBy: string | null;
  @Column('text', { nullable: true }) attestedSource: CensusSource | null;
  @Column('boolean') isActive: boolean;
  @Column('timestamptz') createdAt: Date;
}
