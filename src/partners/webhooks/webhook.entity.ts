import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WebhookKind } from './webhook-kinds';
import type { WebhookDeliveryState } from './webhook-delivery.machine';
import type { WebhookEndpointState } from './webhook-endpoint.machine';

/** Where news for one partner system goes. Its secrets are sealed on file and read by the store alone. */
@Entity('webhook_endpoint')
export class WebhookEndpointEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  /** The partner system as which everything sent is read. */
  @Column('uuid') membershipId: string;
  @Column('text') url: string;
  @Column('text', { array: true }) kinds: WebhookKind[];
  @Column('text') state: WebhookEndpointState;
  @Column('bytea', { name: 'secret_sealed' }) secret: Buffer;
  @Column('bytea', { name: 'previous_secret_sealed', nullable: true }) previousSecret: Buffer | null;
  @Column('timestamptz', { nullable: true }) previousSecretUntil: Date | null;
  /** Of the key under which the secret was made: whoever sends it again is shown the secret again. */
  @Column('text', { nullable: true }) secretKeyCode: string | null;
  @Column('timestamptz', { nullable: true }) begunAt: Date | null;
  @Column('timestamptz', { nullable: true }) failingSince: Date | null;
  @Column('text', { nullable: true }) disabledWhy: string | null;
  /** Paused or disabled: since when nothing is sent, or, where it failed before, since when nothing arrived. */
  @Column('timestamptz', { nullable: true }) stoppedAt: Date | null;
  @Column('timestamptz', { nullable: true }) missedFrom: Date | null;
  @Column('timestamptz', { nullable: true }) missedUntil: Date | null;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid') createdBy: string;
}

/** One piece of news on its way to one endpoint. Ids and codes; what it says is read when it is sent. */
@Entity('webhook_delivery')
export class WebhookDeliveryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') endpointId: string;
  @Column('uuid') agencyId: string;
  @Column('text') kind: WebhookKind | 'TEST';
  @Column('uuid', { nullable: true }) subjectId: string | null;
  @Column('uuid', { nullable: true }) eventId: string | null;
  @Column('bigint') position: string;
  @Column('text') state: WebhookDeliveryState;
  @Column('timestamptz') createdAt: Date;
  @Column('integer') attempts: number;
  @Column('timestamptz', { nullable: true }) firstAttemptAt: Date | null;
  @Column('timestamptz', { nullable: true }) nextAttemptAt: Date | null;
  @Column('boolean') isTimed: boolean;
  @Column('timestamptz', { nullable: true }) leasedUntil: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) lastCode: string | null;
  @Column('integer', { nullable: true }) lastStatus: number | null;
}

/** A code of what one endpoint was last shown of one record behind the one-way valve. */
@Entity('webhook_image')
export class WebhookImageEntity {
  @PrimaryColumn('uuid') endpointId: string;
  @PrimaryColumn('uuid') subjectId: string;
  @Column('bytea') image: Buffer;
}
