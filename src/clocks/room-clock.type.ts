import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { TextLength, Steps } from '../platform/graphql';
import { ClockAnswerEnum, ClockEndEnum, ClockKindEnum } from './clock.enums';
import { awaitsAnswer, type ClockAnswer, type ClockEnd, type ClockKind } from './clock-kinds';

@ObjectType({
  description:
    'Something due about room, with no person in it: counts to be attested again, or a notice to the state. Only the provider’s own people see it.',
})
@Steps({ answer: awaitsAnswer })
export class RoomClock {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => ClockKindEnum, { nullable: true, description: 'CENSUS_FRESH or CAPACITY_NOTICE.' })
  kind: ClockKind | null;

  @Field(() => ID, { nullable: true, description: 'The bed pool, of CENSUS_FRESH.' })
  poolId: string | null;

  @Field(() => ID, { nullable: true, description: 'The program, of CAPACITY_NOTICE.' })
  programId: string | null;

  @Field(() => Date, { nullable: true, description: 'When it began to run, by the database’s clock.' })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it is breached, by the database’s clock.' })
  dueAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'True once the deadline has passed.' })
  isBreached: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Deadlines of this clock that passed.' })
  breachCount: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Handrail has asked: is it still right? Answer CENSUS_FRESH with `postCensus`, the same counts if they stand.',
  })
  isAskedFor: boolean | null;

  @Field(() => Date, { nullable: true, description: 'Null while it runs.' })
  endedAt: Date | null;

  @Field(() => ClockEndEnum, { nullable: true, description: 'Null while it runs.' })
  endedHow: ClockEnd | null;

  @Field(() => ClockAnswerEnum, { nullable: true, description: 'What was answered, where it was ended by an answer.' })
  answer: ClockAnswer | null;
}

@InputType({ description: 'What a human found or did about something that was due.' })
export class AnswerClockInput {
  @Field(() => ID)
  clockId: string;

  @Field(() => ClockAnswerEnum, {
    description: 'One of the answers of its kind: STATE_NOTIFIED for CAPACITY_NOTICE, any other for the follow-ups.',
  })
  answer: ClockAnswer;
}

@InputType({
  description:
    'Another length of a clock for one agency or one of its programs. It holds for clocks that start from then on.',
})
export class SetClockInput {
  @Field(() => ID, { description: 'Whose clocks: the program’s agency for offers, holds and capacity.' })
  agencyId: string;

  @Field(() => ID, { nullable: true, description: 'Only this program of the agency; null: all of it.' })
  @IsOptional()
  programId?: string | null;

  @Field(() => ClockKindEnum)
  kind: ClockKind;

  @Field({
    description:
      'ISO 8601, more than nothing, at most 400 days: `PT45M` is exact time, `P7D` are days of the place’s calendar. No months, no years. Never longer than a law allows (45 CFR 96.126, 42 CFR 2.25): `details.atMost` and `details.source` say how long and which.',
  })
  @TextLength(2, 20)
  lasts: string;

  @Field(() => Date, { nullable: true, description: 'Now or later; null: now.' })
  @IsOptional()
  validFrom?: Date | null;
}

@ObjectType({ description: 'Another length of a clock for one agency or one of its programs.' })
export class ClockSetting {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => ID, { nullable: true, description: 'Null: all programs of the agency.' })
  programId: string | null;

  @Field(() => ClockKindEnum, { nullable: true })
  kind: ClockKind | null;

  @Field(() => String, { nullable: true, description: 'ISO 8601 length.' })
  lasts: string | null;

  @Field(() => Date, { nullable: true, description: 'It holds for clocks that start from here on, until a later one.' })
  validFrom: Date | null;
}
