import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ClockAnswer, ClockEnd, ClockKind } from './clock-kinds';

/** One deadline: what, for whom, until when, and what was said when it came. */
@Entity('clock')
export class ClockEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: ClockKind;
  @Column('text') subjectType: string;
  @Column('uuid') subjectId: string;
  /** Null: about room, and no person. */
  @Column('uuid', { nullable: true }) referralId: string | null;
  @Column('uuid') ownerAgencyId: string;
  /** SENDER: counted, and shown to nobody at the sending agency. */
  @Column('text') ownerSide: 'PROVIDER' | 'SENDER' | 'COORDINATING';
  @Column('uuid', { nullable: true }) coordinatorAgencyId: string | null;
  @Column('timestamptz') startedAt: Date;
  @Column('timestamptz') dueAt: Date;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) endedHow: ClockEnd | null;
  @Column('text') definitionVersion: string;
  /** Rungs of the ladder already taken. */
  @Column('integer') step: number;
  @Column('timestamptz', { nullable: true }) nextStepAt: Date | null;
  @Column('timestamptz', { nullable: true }) breachedAt: Date | null;
  @Column('integer') breachCount: number;
  @Column('text', { nullable: true }) answer: ClockAnswer | null;
  @Column('uuid', { nullable: true }) answeredBy: string | null;
}

/** Another length of a clock for one agency or one of its programs. Never changed: a later one takes its place. */
@Entity('clock_setting')
export class ClockSettingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  /** Null: for all of the agency. */
  @Column('uuid', { nullable: true }) programId: string | null;
  @Column('text') kind: ClockKind;
  @Column('text') lasts: string;
  @Column('timestamptz') validFrom: Date;
  @Column('uuid') setBy: string;
}
