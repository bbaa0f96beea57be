import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Pathway } from '../kernel/vocabulary';
import { PathwayEnum } from '../platform/graphql';

@ObjectType({
  description:
    'One person’s path from first contact to closing. Referrals hang on it one after the other, so that detox is followed by something.',
})
export class Episode {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => PathwayEnum, { nullable: true, description: 'How the person first came.' })
  pathway: Pathway;

  @Field(() => Date, { nullable: true, description: 'When the person was first taken in.' })
  openedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null while the episode is open.' })
  closedAt: Date | null;
}
