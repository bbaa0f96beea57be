import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, IsIn, IsOptional } from 'class-validator';
import type { LevelOfCare } from '../kernel/vocabulary';
import { ConnectionArgs, LevelOfCareEnum } from '../platform/graphql';
import type { OfferState } from './offer.machine';
import {
  dischargeOutcomes,
  type CancelReason,
  type DeclineReason,
  type HandOffPlace,
  type Outcome,
  type Transport,
  type TurnAwayReason,
} from './reasons';
import {
  CancelReasonEnum,
  DeclineReasonEnum,
  HandOffPlaceEnum,
  OfferStateEnum,
  OutcomeEnum,
  TransportEnum,
  TurnAwayReasonEnum,
} from './referral.enums';

@ArgsType()
export class OffersArgs extends ConnectionArgs {
  @Field(() => [OfferStateEnum], { nullable: true, description: 'Only offers in these states. Null: all.' })
  @IsOptional()
  @ArrayMaxSize(6)
  states?: OfferState[] | null;
}

@InputType()
export class DeclineOfferInput {
  @Field(() => ID)
  offerId: string;

  @Field(() => DeclineReasonEnum)
  reason: DeclineReason;
}

@InputType()
export class OfferReferralInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => ID, { description: 'A program that every hard rule allows.' })
  programId: string;
}

@InputType()
export class ScheduleArrivalInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => Date, { description: 'In the coming 72 hours.' })
  arrivalAt: Date;
}

@InputType()
export class ReleaseHandOffInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => TransportEnum)
  transport: Transport;

  @Field(() => HandOffPlaceEnum)
  place: HandOffPlace;
}

@InputType()
export class ReceiveHandOffInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => HandOffPlaceEnum, { defaultValue: 'PROGRAM' })
  place: HandOffPlace = 'PROGRAM';
}

@InputType()
export class TurnAwayInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => TurnAwayReasonEnum)
  reason: TurnAwayReason;
}

@InputType()
export class DischargePersonInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => OutcomeEnum, { description: `One of ${dischargeOutcomes.join(', ')}.` })
  @IsIn(dischargeOutcomes, { context: { remedy: `Send one of ${dischargeOutcomes.join(', ')}.` } })
  outcome: Outcome;

  @Field(() => [LevelOfCareEnum], {
    defaultValue: [],
    description:
      'What comes next, at most 10 acceptable levels: a new referral of the same episode is routed at once. Empty: the episode closes.',
  })
  @ArrayMaxSize(10)
  nextLevelsOfCare: LevelOfCare[] = [];
}

@InputType()
export class CancelReferralInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => CancelReasonEnum)
  reason: CancelReason;
}
