import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { HandOffState } from './hand-off.machine';
import type { HandOffPlace, Transport } from './reasons';
import { HandOffPlaceEnum, HandOffStateEnum, TransportEnum } from './referral.enums';

@ObjectType({
  description:
    'The person passes from one agency to another: released by one and received by the other, each with time and kind of place.',
})
export class HandOff {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => HandOffStateEnum, {
    nullable: true,
    description: 'FILED: the sender let them go when they had come already, or were on their way; nobody receives it.',
  })
  state: HandOffState;

  @Field(() => TransportEnum, { nullable: true, description: 'How the person travels.' })
  transport: Transport;

  @Field(() => Date, { nullable: true, description: 'When the sending side let the person go.' })
  releasedAt: Date;

  @Field(() => HandOffPlaceEnum, { nullable: true, description: 'What kind of place they left from.' })
  releasedPlace: HandOffPlace;

  @Field(() => Date, { nullable: true, description: 'When the program took them over; null: not yet.' })
  receivedAt: Date | null;

  @Field(() => HandOffPlaceEnum, {
    nullable: true,
    description: 'What kind of place they were taken over at; null: not yet.',
  })
  receivedPlace: HandOffPlace | null;
}
