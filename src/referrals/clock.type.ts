import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import {
  awaitsAnswer,
  ClockAnswerEnum,
  ClockEndEnum,
  ClockKindEnum,
  type ClockAnswer,
  type ClockEnd,
  type ClockKind,
} from '../clocks';

@ObjectType({
  description:
    'Something due on a referral: who has to do it, by when, and how often the deadline passed. Programs see their own, coordinators those of the agencies they coordinate; a sender sees none.',
})
@Steps({ answer: awaitsAnswer })
export class Clock {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => ClockKindEnum, { nullable: true })
  kind: ClockKind | null;

  @Field(() => ID, { nullable: true, description: 'The offer, hold, referral or episode it runs on.' })
  subjectId: string | null;

  @Field(() => Date, { nullable: true, description: 'When it began to run, by the database’s clock.' })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it is breached, by the database’s clock.' })
  dueAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'True once the deadline has passed.' })
  isBreached: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Deadlines of this clock that passed.' })
  breachCount: number | null;

  @Field(() => Date, { nullable: true, description: 'Null while it runs.' })
  endedAt: Date | null;

  @Field(() => ClockEndEnum, { nullable: true, description: 'Null while it runs.' })
  endedHow: ClockEnd | null;

  @Field(() => ClockAnswerEnum, { nullable: true, description: 'What was answered.' })
  answer: ClockAnswer | null;
}

@ObjectType({
  description:
    'How one agency kept its clocks of one kind over the last 30 days: those that run or ended then. Counts of clocks, no person in them.',
})
export class ClockBreaches {
  @Field(() => ClockKindEnum, { nullable: true })
  kind: ClockKind | null;

  @Field(() => Int, { nullable: true, description: 'Clocks that run, or ended in these 30 days.' })
  started: number | null;

  @Field(() => Int, { nullable: true, description: 'Of these, done in time.' })
  met: number | null;

  @Field(() => Int, { nullable: true, description: 'Deadlines that passed.' })
  breached: number | null;

  @Field(() => Int, { nullable: true, description: 'Still running.' })
  running: number | null;
}
