import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { isRefusal } from '../kernel/refusal';
import { Access } from '../platform/auth';
import {
  answer,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
  commandOf,
} from '../platform/graphql';
import { BedBoardArgs, CreateBedPoolInput, PostCensusInput, UpdateBedPoolInput } from './bed-pool.inputs';
import { BedPool } from './bed-pool.type';
import { BedPoolsService } from './bed-pools.service';
import type { BedPoolRow } from './bed-pools.store';
import { BedPoolLoaders, ProgramLoaders } from './capacity.loaders';
import { CensusService } from './census.service';
import { Census, CensusPosted } from './census.type';
import { Hold } from './hold.type';
import { Program } from './program.type';

const BedPoolConnection = connectionOf(BedPool);
const BedPoolResult = resultOf(BedPool);
const CensusPostedResult = resultOf(CensusPosted);

@Resolver(() => BedPool)
export class BedPoolsResolver {
  constructor(
    private readonly service: BedPoolsService,
    private readonly census: CensusService,
    private readonly loaders: BedPoolLoaders,
    private readonly programs: ProgramLoaders,
  ) {}

  @Access({ resource: 'BedPool', command: 'read' })
  @Query(() => BedPool, { nullable: true, description: 'One pool, closed ones included; null when there is none.' })
  bedPool(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.byId(context).load(id);
  }

  @Access({ resource: 'BedPool', command: 'read' })
  @Query(() => BedPoolConnection, {
    description:
      'Where there is room: open pools of open programs, the freshest census first, those without one last. Availability is only as good as its census: show `attestedAt` or `isFresh` with it. The order moves as censuses come in.',
  })
  bedBoard(@Args() args: BedBoardArgs, @Ctx() context: GraphqlContext) {
    return this.service.board(context.reader, args);
  }

  @Access({ resource: 'BedPool', command: 'create' })
  @Mutation(() => BedPoolResult, {
    description:
      'Adds places of one sort to a program. Follow with `postCensus`. Refused: NOT_FOUND for a program of another agency, ALREADY_EXISTS for a name that the program has given, INVALID_INPUT for age limits that cross.',
  })
  async createBedPool(
    @Args('input') input: CreateBedPoolInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'createBedPool', input, key, answers: this.loaders.byId });
    return answer(await this.service.create(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'BedPool', command: 'update' })
  @Mutation(() => BedPoolResult, {
    description: 'Changes what a pool is; its counts come by `postCensus`. Refused as with `createBedPool`.',
  })
  async updateBedPool(
    @Args('input') input: UpdateBedPoolInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'updateBedPool', input, key, answers: this.loaders.byId });
    return answer(await this.service.update(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'BedPool', command: 'postCensus' })
  @Mutation(() => CensusPostedResult, {
    description:
      'Intake staff attest what they count, several pools at once, all or nothing. Refused: CENSUS_CONFLICT when occupied + held would pass staffed (details.pools names each pool with its path and the id and end of the holds in its way), NOT_FOUND for a pool of another agency, INVALID_INPUT for a pool named twice or more occupied than staffed.',
  })
  async postCensus(
    @Args('input') input: PostCensusInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'postCensus', input, key });
    const done = await this.census.post(actor, input, command);
    if (isRefusal(done)) return done;
    const loader = this.loaders.byId(context).clearAll();
    return { pools: await loader.loadMany(input.pools.map(({ poolId }) => poolId)) };
  }

  @ResolveField(() => Program)
  program(@Parent() { programId }: BedPoolRow, @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(programId);
  }

  @ResolveField(() => [Census], {
    nullable: true,
    description: 'The latest 20 censuses, newest first. For the provider’s own staff and admin; null for others.',
  })
  censuses(@Parent() { id }: BedPoolRow, @Ctx() context: GraphqlContext) {
    return this.loaders.censusesOf(context).load(id);
  }

  @ResolveField(() => [Hold], {
    nullable: true,
    description:
      'Holds that are active now, the next to end first. For the provider’s own intake staff; null for others.',
  })
  holds(@Parent() { id }: BedPoolRow, @Ctx() context: GraphqlContext) {
    return this.loaders.holdsOf(context).load(id);
  }
}
