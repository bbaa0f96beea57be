import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { OfferState } from './offer.machine';
import type { DeclinedBy, DeclineReason, WithdrawReason } from './reasons';
import { DeclinedByEnum, DeclineReasonEnum, OfferStateEnum, WithdrawReasonEnum } from './referral.enums';

@ObjectType({
  description:
    'A referral put to one program. Shown to the program’s intake staff and to the coordinators of the referral.',
})
export class Offer {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => OfferStateEnum, { nullable: true })
  state: OfferState;

  @Field(() => Int, { nullable: true, description: 'Place in the order of the match; 1 is best.' })
  rank: number;

  @Field(() => Date, { nullable: true, description: 'When it was made.' })
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it should be acknowledged by: 30 minutes after it was made, unless the installation says otherwise.',
  })
  acknowledgeBy: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'When silence moves the referral on: 2 hours after the offer was made, unless the installation says otherwise.',
  })
  decideBy: Date;

  @Field(() => Date, { nullable: true, description: 'When the program said that it has seen it; null: not yet.' })
  acknowledgedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Null while it waits for an answer.' })
  endedAt: Date | null;

  @Field(() => DeclineReasonEnum, { nullable: true, description: 'Null unless declined.' })
  declineReason: DeclineReason | null;

  @Field(() => DeclinedByEnum, { nullable: true, description: 'Null unless declined; follows from the reason.' })
  declinedBy: DeclinedBy | null;

  @Field(() => WithdrawReasonEnum, {
    nullable: true,
    description: 'Null unless withdrawn, or accepted and the place given up since (PLACE_GIVEN_UP).',
  })
  withdrawReason: WithdrawReason | null;
}
