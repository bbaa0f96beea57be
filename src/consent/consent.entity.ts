import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConsentScope } from '../access';

/** What a person agreed to in writing. Never changed but for its revocation. */
@Entity('consent')
export class ConsentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') personId: string;
  @Column('text') scope: ConsentScope;
  /** Null: a general designation of treating programs. */
  @Column('uuid', { nullable: true }) recipientAgencyId: string | null;
  @Column('uuid') recordedByAgencyId: string;
  @Column('uuid') recordedBy: string;
  @Column('timestamptz') signedAt: Date;
  @Column('timestamptz') expiresAt: Date;
  @Column('timestamptz', { nullable: true }) revokedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
