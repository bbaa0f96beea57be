import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Grade } from './engine/vocabulary';

/** What a school has of a child it should handle with care: nothing that leads anywhere, and only for its time. */
@Entity('handle_with_care_notice')
export class NoticeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') schoolAgencyId: string;
  @Column('bytea', { name: 'child_name_sealed' }) childName: string;
  @Column('integer', { nullable: true }) ageYears: number | null;
  @Column('text', { nullable: true }) grade: Grade | null;
  @Column('uuid') sendingAgencyId: string;
  @Column('timestamptz') sentAt: Date;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  @Column('timestamptz') expiresAt: Date;
}

/** What the sender keeps: that it was sent, by when, and whether it was read. No child. */
@Entity('handle_with_care_receipt')
export class NoticeReceiptEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') noticeId: string;
  @Column('uuid') schoolAgencyId: string;
  @Column('uuid') sentBy: string;
  @Column('timestamptz') sentAt: Date;
  @Column('timestamptz') dueAt: Date;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  @Column('timestamptz', { nullable: true }) takenBackAt: Date | null;
}

/** The bells of a school, as its liaison has set them. */
@Entity('school_calendar')
export class SchoolCalendarEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @Column('jsonb') bells: Record<string, unknown>;
  @Column('timestamptz') setAt: Date;
  @Column('uuid') setBy: string;
}
