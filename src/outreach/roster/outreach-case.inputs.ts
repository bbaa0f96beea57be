import { ArgsType, Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsOptional, Matches, Max, Min } from 'class-validator';
import { ClockAnswerEnum, ClockKindEnum, type ClockAnswer, type ClockKind } from '../../clocks';
import { CalendarDate, ConnectionArgs, TextLength } from '../../platform/graphql';
import type { CloseReason, OutreachCaseState, VisitChannel, VisitResult, VisitService } from '../engine/vocabulary';
import { IsMonday } from './is-monday';
import { LeaveBehindEnum } from '../outreach.enums';
import type { LeaveBehind } from '../outreach.words';
import {
  OutreachCaseStateEnum,
  OutreachCloseReasonEnum,
  VisitChannelEnum,
  VisitResultEnum,
  VisitServiceEnum,
} from './outreach-case.enums';

const NOTE_LIMIT = 1000;
const ADDRESS_LIMIT = 200;
const SERVICES = 8;
const STATES = 7;
const KITS = 50;
const PHONE = /^[+(]?\d[\d ().-]{1,30}( x\d{1,6})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

@ArgsType()
export class OutreachRosterArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'A program in whose team your agency works.' })
  programId: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The Monday of a week, another day is refused; left out: every week.',
  })
  @IsOptional()
  @Matches(DAY)
  @IsMonday()
  week?: string | null;

  @Field(() => [OutreachCaseStateEnum], { nullable: true, description: 'Left out: all.' })
  @IsOptional()
  @ArrayMaxSize(STATES)
  @ArrayUnique()
  states?: OutreachCaseState[] | null;

  @Field(() => Date, { nullable: true, description: 'Only what changed after this moment.' })
  @IsOptional()
  changedSince?: Date | null;
}

@InputType({ description: 'That somebody tried to reach a person of the roster, and what came of it.' })
export class RecordVisitAttemptInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on.' })
  caseId: string;

  @Field(() => Date, { nullable: true, description: 'When; left out: now.' })
  @IsOptional()
  at?: Date | null;

  @Field(() => VisitChannelEnum, { defaultValue: 'VISIT' })
  channel: VisitChannel = 'VISIT';

  @Field(() => VisitResultEnum)
  result: VisitResult;

  @Field(() => [VisitServiceEnum], { defaultValue: [], description: 'What was delivered, each once.' })
  @ArrayMaxSize(SERVICES)
  @ArrayUnique()
  services: VisitService[] = [];

  @Field(() => Int, {
    nullable: true,
    description: `Kits of naloxone given, 1 to ${KITS}. They leave the stock of your agency, two doses each, where it keeps one here; then NALOXONE without a number is refused.`,
  })
  @IsOptional()
  @Min(1)
  @Max(KITS)
  naloxoneKits?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The lot of your agency’s stock that the kits were from; left out: what expires first.',
  })
  @IsOptional()
  naloxoneLotId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'The kits were not of your agency’s stock: nothing is taken from it. Left out: they were.',
  })
  @IsOptional()
  isNaloxoneFromElsewhere?: boolean | null;

  @Field(() => LeaveBehindEnum, {
    defaultValue: 'NEVER',
    description: 'What was left; not more than the program allows.',
  })
  leftBehind: LeaveBehind = 'NEVER';

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they agreed to be contacted again. Left out: not asked.',
  })
  @IsOptional()
  mayContactAgain?: boolean | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'With CALL_BACK: when they want to be called, at the latest at `stopAt` of the case. Left out: no time was named, and one named before that lies ahead stands.',
  })
  @IsOptional()
  callBackAt?: Date | null;

  @Field(() => String, { nullable: true, description: `Kept sealed, at most ${NOTE_LIMIT} characters.` })
  @IsOptional()
  @TextLength(1, NOTE_LIMIT)
  note?: string | null;
}

@InputType({ description: 'The team is done with a case.' })
export class CloseOutreachCaseInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on.' })
  caseId: string;

  @Field(() => OutreachCloseReasonEnum, {
    nullable: true,
    description: 'Why nobody was reached. Left out where somebody was: the last contact is the outcome.',
  })
  @IsOptional()
  reason?: CloseReason | null;
}

@InputType({ description: 'A program that is to have a case.' })
export class PlaceOutreachCaseInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on.' })
  caseId: string;

  @Field(() => ID, { description: 'From `outreachPrograms`.' })
  programId: string;
}

@InputType({ description: 'What the team found out. What is left out stays as it is; null takes it back.' })
export class UpdateOutreachCaseInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on.' })
  caseId: string;

  @Field(() => String, { nullable: true, description: `Where they are, at most ${ADDRESS_LIMIT} characters.` })
  @IsOptional()
  @TextLength(1, ADDRESS_LIMIT)
  address?: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84. With `longitude`.' })
  @IsOptional()
  @Min(-90)
  @Max(90)
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84. With `latitude`.' })
  @IsOptional()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @Field(() => String, { nullable: true, description: 'A number that leads to them.' })
  @IsOptional()
  @Matches(PHONE, {
    message: 'The telephone number cannot be read.',
    context: { remedy: 'Send for example 740-555-0100.' },
  })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `What whoever goes must know, at most ${NOTE_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(1, NOTE_LIMIT)
  safetyNote?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False: whoever opens may not know.' })
  @IsOptional()
  isFamilyAware?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they agreed to be contacted again.' })
  @IsOptional()
  mayContactAgain?: boolean | null;
}

@InputType({ description: 'Whether the home of a case is the one that opted out.' })
export class DecideOptOutInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on, held for an opt-out.' })
  caseId: string;

  @Field(() => Boolean, {
    description: 'True: nobody is to come here either, for good. False: it is another home, and it is not asked again.',
  })
  isSameHome: boolean;
}

@InputType({ description: 'Whether two rows of one roster are of the same person.' })
export class DecideSamePersonInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on.' })
  caseId: string;

  @Field(() => ID, { description: 'A row that is in `perhapsSame` of the first, which may be the first itself.' })
  otherCaseId: string;

  @Field(() => Boolean, {
    description:
      'True: their overdoses of a week come on one row. False: two people, each with a row, also where somebody of the team had said otherwise.',
  })
  isSamePerson: boolean;
}

@InputType({ description: 'How a person of the roster is, a month or three months later.' })
export class AnswerOutreachFollowUpInput {
  @Field(() => ID, { description: 'A row of a roster that your agency works on.' })
  caseId: string;

  @Field(() => ClockKindEnum, { description: 'FOLLOW_UP_DAY_30 or FOLLOW_UP_DAY_90.' })
  kind: ClockKind;

  @Field(() => ClockAnswerEnum, { description: 'What was found.' })
  answer: ClockAnswer;
}
