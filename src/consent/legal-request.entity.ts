import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDecision, LegalIssuer, LegalRequestKind } from './engine/legal-requests';

/** That somebody asked by way of law, and what was decided. No person, no case, no record. */
@Entity('legal_request')
export class LegalRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('text') kind: LegalRequestKind;
  @Column('text') issuer: LegalIssuer;
  @Column('timestamptz') receivedAt: Date;
  @Column('text') decision: LegalDecision;
  @Column('timestamptz') recordedAt: Date;
  @Column('uuid') recordedBy: string;
}
