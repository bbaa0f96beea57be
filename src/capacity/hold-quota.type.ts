import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'How many places an agency that sends referrals may keep at a time, so that nobody reserves all beds. Counted are its referrals that a program has acknowledged within the last two hours, the time for which a place is kept, and that have not ended as the agency sees it; what became of the person does not count. It binds where a program takes people at once; a program that was asked and accepts gives its place away itself.',
})
export class HoldQuota {
  @Field(() => Int, {
    description: 'As many referrals of the agency may be counted at a time, 25 unless the operator says otherwise.',
  })
  activeHolds: number;

  @Field(() => Int, {
    description:
      'Of the places of any one pool that others leave free (staffed, less those occupied or kept for referrals of others) as many of them as this share, in percent, rounded down and at least one, may have been acknowledged there first; 50 unless the operator says otherwise.',
  })
  poolSharePercent: number;
}
