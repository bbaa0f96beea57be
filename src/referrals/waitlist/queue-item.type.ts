import { Field, ID, ObjectType } from '@nestjs/graphql';
import { enumOf } from '../../platform/graphql';
import { queueReasons, type QueueReason } from './queue-reasons';

export const QueueReasonEnum = enumOf(
  'QueueReason',
  queueReasons,
  'Why a referral needs a human, the most urgent first.',
);

@ObjectType({
  description: 'A referral that needs a human, and why. Coordinators see those of the agencies they coordinate.',
})
export class QueueItem {
  @Field(() => ID, { nullable: true, description: 'The id of the referral.' })
  id: string;

  @Field(() => [QueueReasonEnum], {
    nullable: true,
    description:
      'The most urgent first. Some tell what the person needs: withheld where the need of a Part 2 program is.',
  })
  reasons: readonly QueueReason[];

  @Field(() => Date, { nullable: true, description: 'When treatment was asked for.' })
  since: Date;
}
