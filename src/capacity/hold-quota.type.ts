import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'How many places an agency that sends referrals may keep at a time, so that nobody reserves all beds. It binds where a program takes people at once; a program that was asked and accepts gives its place away itself.',
})
export class HoldQuota {
  @Field(() => Int, {
    description: 'Places kept at once for all referrals of the agency, 25 unless the operator says otherwise.',
  })
  activeHolds: number;

  @Field(() => Int, {
    description:
      'Of the staffed places of any one pool the agency may keep this share, in percent, rounded down and at least one place; 50 unless the operator says otherwise.',
  })
  poolSharePercent: number;
}
