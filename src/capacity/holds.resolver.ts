import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Ctx, type GraphqlContext } from '../platform/graphql';
import { BedPool } from './bed-pool.type';
import { BedPoolLoaders } from './capacity.loaders';
import { Hold } from './hold.type';
import type { HoldRow } from './holds.store';

/** A hold is reached through the referral it is for or the pool it is in, never by asking for one. */
@Resolver(() => Hold)
export class HoldsResolver {
  constructor(private readonly pools: BedPoolLoaders) {}

  @ResolveField(() => BedPool, { nullable: true })
  pool(@Parent() { poolId }: HoldRow, @Ctx() context: GraphqlContext) {
    return this.pools.byId(context).load(poolId);
  }
}
