import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Pathway } from '../kernel/vocabulary';

/** One person’s path from first contact to closing. */
@Entity('episode')
export class EpisodeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') personId: string;
  @Column('uuid') openedByAgencyId: string;
  @Column('text') pathway: Pathway;
  @Column('timestamptz') openedAt: Date;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
}
