import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HandOffState } from './hand-off.machine';
import type { HandOffPlace, Transport } from './reasons';

/** The person passes from one agency to another, released by one and received by the other. */
@Entity('hand_off')
export class HandOffEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  @Column('uuid') fromAgencyId: string;
  /** Null: released before any program has accepted. */
  @Column('uuid', { nullable: true }) toAgencyId: string | null;
  @Column('text') state: HandOffState;
  @Column('text') transport: Transport;
  @Column('timestamptz') releasedAt: Date;
  @Column('uuid') releasedBy: string;
  @Column('text') releasedPlace: HandOffPlace;
  @Column('timestamptz', { nullable: true }) receivedAt: Date | null;
  @Column('uuid', { nullable: true }) receivedBy: string | null;
  @Column('text', { nullable: true }) receivedPlace: HandOffPlace | null;
}
