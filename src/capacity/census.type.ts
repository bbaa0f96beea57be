import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { BedPool } from './bed-pool.type';
import { CensusSourceEnum, type CensusSource } from './capacity.enums';

@ObjectType({
  description: 'What a provider attested about a pool, and when. Shown to the provider’s own staff and admin only.',
})
export class Census {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Int, { nullable: true, description: 'Places with staff.' })
  staffed: number;

  @Field(() => Int, { nullable: true, description: 'Places taken.' })
  occupied: number;

  @Field(() => Int, { nullable: true, description: 'Places held at that moment, as Handrail knew them.' })
  held: number;

  @Field(() => Date, { nullable: true, description: 'When it was posted, by the database’s clock.' })
  attestedAt: Date;

  @Field(() => CensusSourceEnum, { nullable: true })
  source: CensusSource;
}

@ObjectType({ description: 'The pools one census call reported, as they are now, in the order of the call.' })
export class CensusPosted {
  @Field(() => [BedPool], { description: 'One for each pool of the call, with what is available now.' })
  pools: BedPool[];
}
