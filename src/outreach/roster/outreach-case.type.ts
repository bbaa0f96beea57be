import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ClockAnswerEnum, ClockKindEnum, type ClockAnswer, type ClockKind } from '../../clocks';
import { SuspectedSubstanceEnum, type SuspectedSubstance } from '../../overdoses';
import { CalendarDate } from '../../platform/graphql';
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
import { RiskReasonEnum } from '../at-risk/at-risk.enums';
import { LeaveBehindEnum } from '../outreach.enums';
import type { LeaveBehind } from '../outreach.words';
import {
  AddressBasisEnum,
  OutreachDueReasonEnum,
  OutreachCaseKindEnum,
  OutreachCaseStateEnum,
  OutreachEndReasonEnum,
  VisitChannelEnum,
  VisitResultEnum,
  VisitServiceEnum,
} from './outreach-case.enums';

@ObjectType({ description: 'An overdose on a row of the roster, as all who reported it tell it together.' })
export class OutreachOverdose {
  @Field(() => Date, { nullable: true, description: 'When it happened.' })
  occurredAt: Date;

  @Field(() => Boolean, { nullable: true, description: 'False: only the day is known.' })
  isTimeKnown: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person died.' })
  isFatal: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether anybody gave naloxone.' })
  isNaloxoneGiven: boolean;

  @Field(() => Int, { nullable: true, description: 'Doses of naloxone; null: nobody counted.' })
  doses: number | null;

  @Field(() => [SuspectedSubstanceEnum], { nullable: true, description: 'What it is thought to come from.' })
  suspectedSubstances: SuspectedSubstance[];

  @Field(() => Boolean, { nullable: true, description: 'Null: not told.' })
  hasChildrenPresent: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Null: not told.' })
  isTransported: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'The person refused to be taken to hospital.' })
  hasRefusedTransport: boolean;
}

@ObjectType({ description: 'That somebody tried to reach a person of the roster, and what came of it. Never changed.' })
export class VisitAttempt {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When somebody tried.' })
  at: Date;

  @Field(() => VisitChannelEnum, { nullable: true })
  channel: VisitChannel;

  @Field(() => LeaveBehindEnum, { nullable: true, description: 'What was left.' })
  leftBehind: LeaveBehind;

  @Field(() => VisitResultEnum, { nullable: true })
  result: VisitResult;

  @Field(() => [VisitServiceEnum], { nullable: true, description: 'What was delivered.' })
  services: VisitService[];

  @Field(() => Int, { nullable: true, description: 'Kits of naloxone that were given.' })
  naloxoneKits: number | null;

  @Field(() => String, { nullable: true, description: 'What the team wrote down; kept sealed.' })
  note: string | null;
}

@ObjectType({ description: 'One step of a case’s history. Never changed.' })
export class OutreachStep {
  @Field(() => Date, { nullable: true, description: 'When.' })
  at: Date;

  @Field(() => String, { nullable: true, description: 'For example `open`, `reach`, `stop`.' })
  command: string;

  @Field(() => OutreachCaseStateEnum, { nullable: true, description: 'Null: it began.' })
  fromState: OutreachCaseState | null;

  @Field(() => OutreachCaseStateEnum, { nullable: true, description: 'What it led to.' })
  toState: OutreachCaseState;

  @Field(() => String, { nullable: true, description: 'The coded reason or outcome, where it ended something.' })
  reason: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: by time, or by what was reported; nobody’s own step.' })
  isByHandrail: boolean;
}

@ObjectType({ description: 'A person of the roster is asked how they are, a month or three months later.' })
export class OutreachFollowUp {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => ClockKindEnum, { nullable: true, description: 'FOLLOW_UP_DAY_30 or FOLLOW_UP_DAY_90.' })
  kind: ClockKind;

  @Field(() => Date, { nullable: true, description: 'When it is due.' })
  dueAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it is to be done.' })
  endedAt: Date | null;

  @Field(() => ClockAnswerEnum, { nullable: true, description: 'Null: not done, or not to be done any more.' })
  answer: ClockAnswer | null;
}

@ObjectType({
  description:
    'A row of the roster: one person and week, or a family, whom a team is to see. Each overdose is on exactly one. Shown to the team of the program that has it; who reported the overdose sees nothing of it.',
})
export class OutreachCase {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => OutreachCaseKindEnum, { nullable: true })
  kind: CaseKind;

  @Field(() => CalendarDate, { nullable: true, description: 'The Monday of its week.' })
  week: string;

  @Field(() => Date, { nullable: true, description: 'When it came on the roster.' })
  openedAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the home team took it over; null: not handed over, or not yet.',
  })
  acknowledgedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'By when the team it was handed to, or the coordinator who finds a program, must have taken it.',
  })
  acknowledgeBy: Date | null;

  @Field(() => OutreachCaseStateEnum, {
    nullable: true,
    description: 'How it stands; withheld from police who go along, to whom `allowedActions` says whether to visit.',
  })
  state: OutreachCaseState;

  @Field(() => Date, { nullable: true, description: 'By when somebody is to have tried.' })
  dueAt: Date;

  @Field(() => OutreachDueReasonEnum, {
    nullable: true,
    description:
      'Why somebody is to come although the person was reached or tried, or the case had ended. Null: it has not come up again since.',
  })
  dueBecause: DueReason | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When they asked to be called back. The case is in the plan of that day, and of every day after it until somebody reaches them or it ends. Null: they did not, or were reached.',
  })
  callBackAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it ends by itself, with a coded reason.' })
  stopAt: Date;

  @Field(() => Date, { nullable: true, description: 'When anything of it changed last.' })
  changedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it is open.' })
  closedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'The person’s name, as far as told.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'As far as told.' })
  phone: string | null;

  @Field(() => String, { nullable: true, description: 'Where to go; null: not told.' })
  address: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The home that opted out, to compare with `address`; null: the case is not held, or for a home that told another team, of which yours is told no more.',
  })
  optedOutAddress: string | null;

  @Field(() => AddressBasisEnum, { nullable: true, description: 'What the address is.' })
  addressBasis: AddressBasis | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84; null: not known.' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84; null: not known.' })
  longitude: number | null;

  @Field(() => String, { nullable: true, description: 'ISO 639-1 code of the language they speak.' })
  language: string;

  @Field(() => String, { nullable: true, description: 'What whoever goes there must know; kept sealed.' })
  safetyNote: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'False: whoever opens may not know why somebody came; nothing is said and nothing is left. Null: not known.',
  })
  isFamilyAware: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they agreed to be contacted again; null: not asked.' })
  mayContactAgain: boolean | null;

  @Field(() => [RiskReasonEnum], { nullable: true, description: 'Why a hospital flagged the person; empty: none did.' })
  riskReasons: RiskReason[];

  @Field(() => OutreachEndReasonEnum, {
    nullable: true,
    description: 'Why it ended without contact; null: it has not.',
  })
  endReason: EndReason | null;

  @Field(() => VisitResultEnum, { nullable: true, description: 'What came of it, where the person was reached.' })
  outcome: VisitResult | null;
}
