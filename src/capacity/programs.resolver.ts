import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders, countyByFips, County } from '../agencies';
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
import { BedPool } from './bed-pool.type';
import { BedPoolLoaders, ProgramLoaders } from './capacity.loaders';
import { CreateProgramInput, ProgramsArgs, UpdateProgramInput } from './program.inputs';
import { Program } from './program.type';
import { ProgramsService } from './programs.service';
import type { ProgramRow } from './programs.store';

const ProgramConnection = connectionOf(Program);
const ProgramResult = resultOf(Program);

@Resolver(() => Program)
export class ProgramsResolver {
  constructor(
    private readonly service: ProgramsService,
    private readonly loaders: ProgramLoaders,
    private readonly pools: BedPoolLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'Program', command: 'read' })
  @Query(() => Program, { nullable: true, description: 'One program, closed ones included; null when there is none.' })
  program(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.byId(context).load(id);
  }

  @Access({ resource: 'Program', command: 'read' })
  @Query(() => ProgramConnection, { name: 'programs', description: 'The directory of programs, oldest first.' })
  programsIn(@Args() args: ProgramsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'Program', command: 'create' })
  @Mutation(() => ProgramResult, {
    description:
      'Intake staff or the admin of a treatment provider open a program. Follow with `createBedPool`. Refused: FORBIDDEN outside treatment providers, INVALID_INPUT for a place, county, time zone or intake window that cannot be, or without a payer.',
  })
  async createProgram(
    @Args('input') input: CreateProgramInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'createProgram', input, key, answers: this.loaders.byId });
    return answer(await this.service.create(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'Program', command: 'update' })
  @Mutation(() => ProgramResult, {
    description:
      'Intake staff or the admin of the provider change a program; matching knows at once. Refused: NOT_FOUND for a program of another agency, INVALID_INPUT as with `createProgram`.',
  })
  async updateProgram(
    @Args('input') input: UpdateProgramInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'updateProgram', input, key, answers: this.loaders.byId });
    return answer(await this.service.update(actor, input, command), this.loaders.byId(context));
  }

  @ResolveField(() => Agency, { description: 'The provider.' })
  agency(@Parent() { agencyId }: ProgramRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }

  @ResolveField(() => County, { nullable: true, description: 'The county it lies in; null: not known.' })
  county(@Parent() { countyFips }: ProgramRow): County | null {
    return countyFips === null ? null : countyByFips(countyFips);
  }

  @ResolveField(() => [BedPool], { description: 'Its pools, closed ones included, oldest first.' })
  bedPools(@Parent() { id }: ProgramRow, @Ctx() context: GraphqlContext) {
    return this.pools.byProgram(context).load(id);
  }
}

/** What the directory of agencies says of programs; that room lies below this one and cannot know them. */
@Resolver(() => Agency)
export class AgencyProgramsResolver {
  constructor(private readonly loaders: ProgramLoaders) {}

  @ResolveField(() => [Program], {
    description:
      'Its programs, closed ones included, oldest first, at most 100: page with `programs(agencyId)` for more.',
  })
  programs(@Parent() { id }: { readonly id: string }, @Ctx() context: GraphqlContext) {
    return this.loaders.byAgency(context).load(id);
  }
}
