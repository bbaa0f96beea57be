import { Field, ID, ObjectType } from '@nestjs/graphql';
import { HoldStateEnum, type HoldState } from './capacity.enums';

@ObjectType({
  description:
    'One place kept for one referral. Shown to intake staff of the provider and to the coordinators of the referral.',
})
export class Hold {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => HoldStateEnum, { nullable: true })
  state: HoldState;

  @Field(() => Date, { nullable: true, description: 'From when on the place is kept.' })
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the place is given free unless something happens. Null once the person has arrived: kept until admission or closing.',
  })
  endsAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was converted, released or expired; null while active.' })
  endedAt: Date | null;
}
