import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { byMachine, Steps } from '../platform/graphql';
import type {
  ExposedKind,
  ExposureOutcome,
  ExposureRoute,
  ExposureSubstance,
  ExposureSymptom,
  Protection,
} from './engine/vocabulary';
import { exposureMachine, type ExposureState } from './exposure.machine';
import {
  ExposedKindEnum,
  ExposureOutcomeEnum,
  ExposureRouteEnum,
  ExposureStateEnum,
  ExposureSubstanceEnum,
  ExposureSymptomEnum,
  ProtectionEnum,
} from './responders.enums';

@ObjectType({
  description:
    'What a responder, or their dog, was exposed to at work. It is the responder’s own: they see it, and so does the safety officer of their agency, and nobody else. It is on no record of a person who was helped, and leads to none.',
})
@Steps<{ readonly state: ExposureState }>({ report: null, ...byMachine(exposureMachine, 'add', 'review', 'close') })
export class Exposure {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => String, { nullable: true, description: 'Who reported it, as they were called then.' })
  responderName: string | null;

  @Field(() => ExposedKindEnum, { nullable: true, description: 'The responder, or their dog.' })
  exposed: ExposedKind;

  @Field(() => Date, { nullable: true, description: 'When it happened.' })
  occurredAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was reported, by the database’s clock.' })
  reportedAt: Date;

  @Field(() => [ExposureSubstanceEnum], { nullable: true, description: 'What they think it was; at least one.' })
  substances: ExposureSubstance[];

  @Field(() => [ExposureRouteEnum], { nullable: true, description: 'How it reached them; at least one.' })
  routes: ExposureRoute[];

  @Field(() => [ExposureSymptomEnum], { nullable: true, description: 'What they noticed; empty: nothing.' })
  symptoms: ExposureSymptom[];

  @Field(() => [ProtectionEnum], { nullable: true, description: 'What they wore; empty: nothing.' })
  protection: Protection[];

  @Field(() => Int, { nullable: true, description: 'Doses that they, or the dog, were given.' })
  naloxoneDoses: number;

  @Field(() => Boolean, { nullable: true, description: 'Taken to a hospital, or a dog to a veterinarian.' })
  wentToHospital: boolean;

  @Field(() => ExposureStateEnum, { nullable: true })
  state: ExposureState;

  @Field(() => Date, {
    nullable: true,
    description: 'By when the safety officer has to look at it, then to ask again; null: closed.',
  })
  dueAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'The next step is due, and its time is over.' })
  isOverdue: boolean;

  @Field(() => Date, { nullable: true, description: 'When the safety officer looked at it; null: not yet.' })
  reviewedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Null: open.' })
  closedAt: Date | null;

  @Field(() => ExposureOutcomeEnum, { nullable: true, description: 'Null: not closed.' })
  outcome: ExposureOutcome | null;
}
