import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MessageChannel } from '../platform/messaging';
import type { NudgeKind } from './nudge-kinds';
import type { NudgeMessageState } from './nudge-message.machine';
import type { NudgeLanguage } from './nudge-texts';
import type { NudgeRhythm } from './nudge-times';

export type NudgeAddressState = 'UNCONFIRMED' | 'CONFIRMED' | 'BROKEN';

/** Where one person at one agency is reached. Sealed on file; the store opens it. */
@Entity('nudge_address')
export class NudgeAddressEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') accountId: string;
  @Column('text') channel: MessageChannel;
  @Column('bytea', { name: 'address_sealed' }) address: string;
  @Column('text') state: NudgeAddressState;
  @Column('bytea', { name: 'code_sealed', nullable: true }) code: string | null;
  @Column('timestamptz', { nullable: true }) codeEndsAt: Date | null;
  @Column('integer') codeTries: number;
  @Column('timestamptz') changedAt: Date;
}

/** How one person at one agency wants to be told. */
@Entity('nudge_setting')
export class NudgeSettingEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('uuid') accountId: string;
  @Column('text') language: NudgeLanguage;
  @Column('text') rhythm: NudgeRhythm;
  @Column('text', { array: true }) channels: MessageChannel[];
  @Column('text', { nullable: true }) quietFrom: string | null;
  @Column('text', { nullable: true }) quietUntil: string | null;
  @Column('text') timeZone: string;
  @Column('integer') codesSent: number;
  @Column('timestamptz', { nullable: true }) codesSince: Date | null;
  @Column('timestamptz') changedAt: Date;
}

/** Something that waits for somebody. */
@Entity('nudge')
export class NudgeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') accountId: string;
  @Column('uuid') membershipId: string;
  @Column('text') kind: NudgeKind;
  @Column('uuid') subjectId: string;
  @Column('uuid') eventId: string;
  @Column('boolean') isUrgent: boolean;
  @Column('text') state: 'WAITING' | 'TOLD' | 'DROPPED';
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) lookAt: Date | null;
  @Column('timestamptz', { nullable: true }) toldAt: Date | null;
  @Column('uuid', { nullable: true }) batchId: string | null;
}

/** A code of what the sender of a referral was last seen to know of it. */
@Entity('nudge_image')
export class NudgeImageEntity {
  @PrimaryColumn('uuid') accountId: string;
  @PrimaryColumn('uuid') subjectId: string;
  @Column('bytea') image: Buffer;
  @Column('timestamptz') seenAt: Date;
}

/** One message to one address. */
@Entity('nudge_message')
export class NudgeMessageEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') accountId: string;
  @Column('uuid') membershipId: string;
  @Column('uuid') addressId: string;
  @Column('text') channel: MessageChannel;
  @Column('uuid', { nullable: true }) batchId: string | null;
  @Column('text') state: NudgeMessageState;
  @Column('timestamptz') createdAt: Date;
  @Column('integer') attempts: number;
  @Column('timestamptz', { nullable: true }) firstAttemptAt: Date | null;
  @Column('timestamptz', { nullable: true }) nextAttemptAt: Date | null;
  @Column('timestamptz', { nullable: true }) leasedUntil: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) lastCode: string | null;
  @Column('integer', { nullable: true }) lastStatus: number | null;
}
