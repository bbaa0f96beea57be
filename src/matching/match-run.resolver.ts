import { Args, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Program, ProgramLoaders } from '../capacity';
import { badInput, Ctx, type GraphqlContext } from '../platform/graphql';
import type { ToldRun } from './match-runs.store';
import { MatchRun, PreferredProgram, Verdict } from './match-run.type';
import { MatchingLoaders } from './matching.loaders';
import type { ShownVerdict } from './shown-verdict';

const DEFAULT_VERDICTS = 20;
const VERDICT_LIMIT = 100;

@Resolver(() => MatchRun)
export class MatchRunResolver {
  constructor(private readonly loaders: MatchingLoaders) {}

  @ResolveField(() => [Verdict], {
    nullable: true,
    description: 'One for each program: eligible ones first, best first; then those that came closest.',
  })
  async verdicts(
    @Parent() run: ToldRun,
    @Ctx() context: GraphqlContext,
    @Args('first', {
      type: () => Int,
      defaultValue: DEFAULT_VERDICTS,
      description: `How many, 1 to ${String(VERDICT_LIMIT)}.`,
    })
    first: number,
  ) {
    if (first < 1 || first > VERDICT_LIMIT) throw badInput(`first must lie in 1 to ${String(VERDICT_LIMIT)}.`, 'first');
    return (await this.told(run, context))?.slice(0, first) ?? null;
  }

  @ResolveField(() => Verdict, {
    nullable: true,
    description: 'What the run said of one program, and so why it was not proposed; null when it was not within reach.',
  })
  async whyNot(
    @Parent() run: ToldRun,
    @Ctx() context: GraphqlContext,
    @Args('programId', { type: () => ID }) programId: string,
  ) {
    const verdicts = await this.told(run, context);
    return verdicts?.find((verdict) => verdict.programId === programId) ?? null;
  }

  @ResolveField(() => Int, { nullable: true })
  async considered(@Parent() run: ToldRun, @Ctx() context: GraphqlContext) {
    return run.isWithoutAnswers ? ((await this.told(run, context))?.length ?? null) : run.considered;
  }

  private told({ id, isWithoutAnswers }: ToldRun, context: GraphqlContext) {
    const { verdictsByRun, verdictsWithoutAnswersByRun } = this.loaders;
    return (isWithoutAnswers ? verdictsWithoutAnswersByRun : verdictsByRun)(context).load(id);
  }
}

@Resolver(() => Verdict)
export class VerdictResolver {
  constructor(private readonly programs: ProgramLoaders) {}

  @ResolveField(() => Program, { nullable: true })
  program(@Parent() { programId }: ShownVerdict, @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(programId);
  }
}

@Resolver(() => PreferredProgram)
export class PreferredProgramResolver {
  constructor(private readonly programs: ProgramLoaders) {}

  @ResolveField(() => Program, { nullable: true })
  program(@Parent() { programId }: { readonly programId: string }, @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(programId);
  }
}
