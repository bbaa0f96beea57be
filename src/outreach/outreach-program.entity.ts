import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgencyKind } from '../kernel/vocabulary';
import type { LeaveBehind } from './outreach.words';

/** Who goes to see people after an overdose, and how. No person in it. */
@Entity('outreach_program')
export class OutreachProgramEntity {
  @PrimaryColumn('uuid') id: string;
  /** The lead. */
  @Column('uuid') agencyId: string;
  @Column('text') name: string;
  /** What is printed, and said at a door. */
  @Column('text') publicName: string;
  @Column('text') phone: string;
  @Column('text') timeZone: string;
  @Column('text') leaveBehind: LeaveBehind;
  /** Kinds of agencies whose people go along on visits. */
  @Column('text', { array: true }) visitorKinds: AgencyKind[];
  @Column('boolean') isPlainClothes: boolean;
  @Column('text', { nullable: true }) doorWords: string | null;
  @Column('boolean') isActive: boolean;
  /** Null: as the clock says. */
  @Column('integer', { nullable: true }) dueHours: number | null;
  @Column('integer', { nullable: true }) stopHours: number | null;
  @Column('timestamptz') createdAt: Date;
}

/** A county and the one program that looks after it. */
@Entity('outreach_area')
export class OutreachAreaEntity {
  @PrimaryColumn('text') countyFips: string;
  @Column('uuid') programId: string;
}

/** An agency that works in the team beside the lead; not before it has agreed. */
@Entity('outreach_team')
export class OutreachTeamEntity {
  @PrimaryColumn('uuid') programId: string;
  @PrimaryColumn('uuid') agencyId: string;
  @Column('timestamptz', { nullable: true }) agreedAt: Date | null;
}
