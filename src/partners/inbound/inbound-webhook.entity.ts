import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InboundKind } from './inbound-kinds';

/** Where one partner system pushes one kind of news to. */
@Entity('inbound_webhook')
export class InboundWebhookEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  /** The partner system in whose name what comes is done. */
  @Column('uuid') membershipId: string;
  @Column('text') kind: InboundKind;
  @Column('boolean') isOpen: boolean;
  @Column('bytea', { name: 'secret_sealed' }) secret: Buffer;
  @Column('bytea', { name: 'previous_secret_sealed', nullable: true }) previousSecret: Buffer | null;
  @Column('timestamptz', { nullable: true }) previousSecretUntil: Date | null;
  /** Of the key under which the secret was made: whoever sends it again is shown the secret again. */
  @Column('text', { nullable: true }) secretKeyCode: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid') createdBy: string;
}
