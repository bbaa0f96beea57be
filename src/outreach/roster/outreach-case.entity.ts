import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  AddressBasis,
  CaseKind,
  DueReason,
  EndReason,
  OutreachCaseState,
  RiskReason,
  VisitChannel,
  VisitResult,
  VisitService,
} from '../engine/vocabulary';
import type { LeaveBehind } from '../outreach.words';

/** A row of the roster: one person and week, or a family, whom a team is to see. */
@Entity('outreach_case')
export class OutreachCaseEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: CaseKind;
  @Column('text') state: OutreachCaseState;
  /** `YYYY-MM-DD`: its Monday, by the calendar of the county where it happened. */
  @Column('date') week: string;
  /** As one agency has them on file. */
  @Column('uuid', { nullable: true }) personId: string | null;
  /** The person as identity was resolved when the row was last placed. */
  @Column('uuid', { nullable: true }) personKey: string | null;
  /** Who else they may be but for a slip of the pen, by an overdose that was told of both. */
  @Column('uuid', { array: true }) otherPersonKeys: string[];
  @Column('text') countyFips: string;
  @Column('text', { nullable: true }) residenceCountyFips: string | null;
  @Column('uuid', { nullable: true }) programId: string | null;
  @Column('uuid', { nullable: true }) toProgramId: string | null;
  /** Who handed it over; keeps the receipt. */
  @Column('uuid', { nullable: true }) fromProgramId: string | null;
  /** Finds a program for it. */
  @Column('uuid', { nullable: true }) coordinatorAgencyId: string | null;
  /** A team has taken it, or people decided whose it is: reports move it no more. */
  @Column('boolean') isSettled: boolean;
  @Column('timestamptz') openedAt: Date;
  @Column('timestamptz') changedAt: Date;
  @Column('timestamptz') firstAt: Date;
  @Column('timestamptz') lastAt: Date;
  @Column('timestamptz') dueAt: Date;
  /** Why it is due although it was answered, or had ended. */
  @Column('text', { nullable: true }) dueBecause: DueReason | null;
  @Column('timestamptz') stopAt: Date;
  @Column('timestamptz', { nullable: true }) acknowledgeBy: Date | null;
  @Column('timestamptz', { nullable: true }) acknowledgedAt: Date | null;
  @Column('timestamptz', { nullable: true }) reachedAt: Date | null;
  /** When they asked to be called back; nobody has reached them since. */
  @Column('timestamptz', { nullable: true }) callBackAt: Date | null;
  /** Sealed on file; the store opens them. */
  @Column('bytea', { name: 'name_sealed', nullable: true }) name: string | null;
  @Column('bytea', { name: 'phone_sealed', nullable: true }) phone: string | null;
  @Column('bytea', { name: 'address_sealed', nullable: true }) address: string | null;
  @Column('bytea', { nullable: true }) addressIndex: Buffer | null;
  @Column('bytea', { name: 'safety_note_sealed', nullable: true }) safetyNote: string | null;
  @Column('double precision', { nullable: true }) latitude: number | null;
  @Column('double precision', { nullable: true }) longitude: number | null;
  /** TEAM: the team found out where they live, and reports move it no more. */
  @Column('text', { nullable: true }) addressBasis: AddressBasis | null;
  @Column('text') language: string;
  /** False: whoever opens may not know. */
  @Column('boolean', { nullable: true }) isFamilyAware: boolean | null;
  @Column('boolean', { nullable: true }) mayContactAgain: boolean | null;
  /** Whose words it shows. */
  @Column('uuid', { nullable: true }) sourceAgencyId: string | null;
  /** Why a hospital flagged the person. */
  @Column('text', { array: true }) riskReasons: RiskReason[];
  @Column('uuid', { nullable: true }) referralId: string | null;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  /** Null: Handrail, by time or by what was reported. */
  @Column('uuid', { nullable: true }) closedBy: string | null;
  @Column('text', { nullable: true }) endReason: EndReason | null;
  @Column('text', { nullable: true }) outcome: VisitResult | null;
  @Column('uuid', { nullable: true }) joinedInto: string | null;
  /** The opt-out that it may be under: nobody goes before a human has decided. */
  @Column('uuid', { nullable: true }) heldFor: string | null;
  @Column('bytea', { name: 'opted_out_address_sealed', nullable: true }) optedOutAddress: string | null;
}

/** A row as it is copied and changed. */
export type CaseRow = Pick<OutreachCaseEntity, keyof OutreachCaseEntity>;

/** An overdose on its row, from and until when, with a copy of what its reports say together. */
@Entity('outreach_case_event')
export class OutreachCaseEventEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') caseId: string;
  @Column('uuid') eventId: string;
  @Column('timestamptz') fromAt: Date;
  @Column('timestamptz', { nullable: true }) untilAt: Date | null;
  @Column('timestamptz') occurredAt: Date;
  @Column('boolean') isTimeKnown: boolean;
  @Column('text') countyFips: string;
  @Column('boolean') isFatal: boolean;
  @Column('boolean') isNaloxoneGiven: boolean;
  @Column('integer', { nullable: true }) doses: number | null;
  @Column('text', { array: true }) suspectedSubstances: string[];
  @Column('boolean', { nullable: true }) hasChildrenPresent: boolean | null;
  @Column('boolean', { nullable: true }) isTransported: boolean | null;
  @Column('boolean') hasRefusedTransport: boolean;
}

/** That somebody tried, and what came of it. Never changed. */
@Entity('visit_attempt')
export class VisitAttemptEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') caseId: string;
  @Column('timestamptz') at: Date;
  @Column('timestamptz') recordedAt: Date;
  @Column('uuid') agencyId: string;
  @Column('uuid') byActor: string;
  @Column('text') channel: VisitChannel;
  @Column('text') result: VisitResult;
  @Column('text', { array: true }) services: VisitService[];
  @Column('integer', { nullable: true }) naloxoneKits: number | null;
  @Column('text') leftBehind: LeaveBehind;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'note_sealed', nullable: true }) note: string | null;
}

/** One step of a case’s history. Never changed. */
@Entity('outreach_step')
export class OutreachStepEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') caseId: string;
  @Column('timestamptz') at: Date;
  @Column('text') command: string;
  @Column('text', { nullable: true }) fromState: OutreachCaseState | null;
  @Column('text') toState: OutreachCaseState;
  @Column('text', { nullable: true }) reason: string | null;
  /** Null: Handrail’s own, of no agency. */
  @Column('uuid', { nullable: true }) agencyId: string | null;
  @Column('uuid') actorId: string;
  @Column('text') actorKind: string;
}
