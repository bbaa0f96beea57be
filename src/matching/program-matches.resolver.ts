import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { BedPool, BedPoolLoaders, Program, ProgramLoaders } from '../capacity';
import { Access } from '../platform/auth';
import type { Reader } from '../platform/database/reader';
import { Ctx, CurrentActor, RequestReader, resultOf, type GraphqlContext } from '../platform/graphql';
import { MatchProgramsArgs } from './match-programs.args';
import { ProgramMatchesService, type ProgramMatchesRow, type ProgramMatchRow } from './program-matches.service';
import { ProgramMatch, ProgramMatches } from './program-matches.type';

const ProgramMatchesResult = resultOf(ProgramMatches);

@Resolver(() => ProgramMatches)
export class ProgramMatchesResolver {
  constructor(private readonly service: ProgramMatchesService) {}

  @Access({ resource: 'ProgramMatch', command: 'match' })
  @Query(() => ProgramMatchesResult, {
    description:
      'Where is there room for this need now? Nothing that identifies a person goes in and nothing is kept. Refused: FORBIDDEN for `levelsOfCare` from anyone but hospital and provider staff, INVALID_INPUT for half a place or an unknown county.',
  })
  matchPrograms(@Args() args: MatchProgramsArgs, @CurrentActor() actor: Actor, @RequestReader() reader: Reader) {
    return this.service.find(actor, reader, args);
  }

  @ResolveField()
  async considered(@Parent() found: ProgramMatchesRow, @RequestReader() reader: Reader) {
    return (await this.service.considered(reader, found)).programs;
  }

  @ResolveField()
  async removedByRule(@Parent() found: ProgramMatchesRow, @RequestReader() reader: Reader) {
    return (await this.service.considered(reader, found)).removedByRule;
  }
}

@Resolver(() => ProgramMatch)
export class ProgramMatchResolver {
  constructor(
    private readonly programs: ProgramLoaders,
    private readonly pools: BedPoolLoaders,
  ) {}

  @ResolveField(() => Program, { nullable: true })
  program(@Parent() { programId }: ProgramMatchRow, @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(programId);
  }

  @ResolveField(() => BedPool, { nullable: true })
  pool(@Parent() { poolId }: ProgramMatchRow, @Ctx() context: GraphqlContext) {
    return this.pools.byId(context).load(poolId);
  }
}
