import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, IsIn, IsOptional } from 'class-validator';
import type { LevelOfCare, Medication } from '../kernel/vocabulary';
import { ConnectionArgs, LevelOfCareEnum, MedicationEnum } from '../platform/graphql';
import type { OfferState } from './offer.machine';
import {
  dischargeOutcomes,
  type CancelReason,
  type DeclineReason,
  type HandOffPlace,
  type OrderReason,
  type Outcome,
  type Transport,
  type TurnAwayReason,
} from './reasons';
import {
  CancelReasonEnum,
  DeclineReasonEnum,
  HandOffPlaceEnum,
  OfferStateEnum,
  OrderReasonEnum,
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

@InputType({
  description:
    'A no to an offer. There is no free text: a coded reason decides whether the pair of person and program may be proposed again.',
})
export class DeclineOfferInput {
  @Field(() => ID)
  offerId: string;

  @Field(() => DeclineReasonEnum)
  reason: DeclineReason;
}

@InputType({ description: 'A referral put to a program that a coordinator has chosen.' })
export class OfferReferralInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => ID, { description: 'A program that every hard rule allows.' })
  programId: string;

  @Field(() => OrderReasonEnum, {
    nullable: true,
    description:
      'Asked for with OUT_OF_ORDER, where others of the same priority tier wait for the place and come first. It passes nobody of a higher tier.',
  })
  @IsOptional()
  outOfOrderReason?: OrderReason | null;
}

@InputType({ description: 'When the person will come. Sent again while the place is kept, it moves the arrival.' })
export class ScheduleArrivalInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => Date, { description: 'After now and within 72 hours; otherwise INVALID_INPUT.' })
  arrivalAt: Date;
}

@InputType({ description: 'The sending side lets the person go to the program that keeps a place, or will.' })
export class ReleaseHandOffInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => TransportEnum)
  transport: Transport;

  @Field(() => HandOffPlaceEnum, { description: 'What kind of place the person leaves from.' })
  place: HandOffPlace;
}

@InputType({ description: 'The program takes over a person whom the sending side has released.' })
export class ReceiveHandOffInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => HandOffPlaceEnum, {
    defaultValue: 'PROGRAM',
    description: 'What kind of place the person is taken over at.',
  })
  place: HandOffPlace = 'PROGRAM';
}

@InputType({ description: 'A person who arrived and is not admitted.' })
export class TurnAwayInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => TurnAwayReasonEnum)
  reason: TurnAwayReason;
}

@InputType({ description: 'How a stay ended, and what comes after it.' })
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

  @Field(() => [MedicationEnum], {
    nullable: true,
    description:
      'Medication for opioid use disorder the person takes on leaving, at most 20; `[]` says: none. Needed where a next level of care is named: the next program must offer or accept it.',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  currentMedications?: Medication[] | null;
}

@InputType({ description: 'The end of a referral, or of the sender’s part in it. Final; the episode stays open.' })
export class CancelReferralInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => CancelReasonEnum)
  reason: CancelReason;
}
