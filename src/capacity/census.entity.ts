import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CensusSource } from './capacity.enums';

/** What a provider attested about a pool, and when. Never changed. */
@Entity('census')
export class CensusEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') poolId: string;
  @Column('uuid') agencyId: string;
  @Column('integer') staffed: number;
  @Column('integer') occupied: number;
  /** Places held when the census was posted. */
  @Column('integer') held: number;
  @Column('timestamptz') attestedAt: Date;
  @Column('uuid') attestedBy: string;
  @Column('text') source: CensusSource;
}
