import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VenueKind } from './meeting-words';

/** What a meeting is like, in the words of the list it comes from. */
export interface MeetingFormat {
  readonly key: string;
  readonly name: string;
}

/** A support-group meeting that takes place every week. No person in it. */
@Entity('support_meeting')
export class SupportMeetingEntity {
  @PrimaryColumn('uuid') id: string;
  /** The list it comes from, and its key there: the same on the next import. */
  @Column('text') source: string;
  @Column('text') sourceKey: string;
  @Column('text') name: string;
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  @Column('integer') weekday: number;
  /** Minutes after midnight in `timeZone`. */
  @Column('integer') startMinute: number;
  @Column('integer') durationMinutes: number;
  @Column('text') timeZone: string;
  @Column('text') venueKind: VenueKind;
  @Column('text', { nullable: true }) venue: string | null;
  @Column('text', { nullable: true }) street: string | null;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text', { nullable: true }) state: string | null;
  @Column('text', { nullable: true }) postalCode: string | null;
  @Column('text', { nullable: true }) directions: string | null;
  @Column('text', { nullable: true }) countyFips: string | null;
  @Column('double precision', { nullable: true }) latitude: number | null;
  @Column('double precision', { nullable: true }) longitude: number | null;
  @Column('text', { nullable: true }) onlineUrl: string | null;
  @Column('text', { nullable: true }) dialIn: string | null;
  @Column('text') language: string;
  @Column('jsonb') formats: MeetingFormat[];
  /** What its group does not publish is on file for the next import only, and is never read. */
  @Column('boolean') isPublished: boolean;
  /** The import that last named it. */
  @Column('uuid') importId: string;
}
