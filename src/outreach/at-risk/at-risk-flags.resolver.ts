import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access';
import { Access } from '../../platform/auth';
import {
  answer,
  commandOf,
  ConnectionArgs,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../../platform/graphql';
import { Referral, ReferralsLoaders } from '../../referrals';
import { AtRiskFlag, FlagAtRiskInput } from './at-risk-flag.type';
import { AtRiskFlagsLoaders } from './at-risk-flags.loaders';
import { AtRiskFlagsService } from './at-risk-flags.service';
import type { AtRiskFlagRow } from './at-risk-flags.store';

const AtRiskFlagResult = resultOf(AtRiskFlag);
const AtRiskFlagConnection = connectionOf(AtRiskFlag);

@Resolver(() => AtRiskFlag)
export class AtRiskFlagsResolver {
  constructor(
    private readonly service: AtRiskFlagsService,
    private readonly loaders: AtRiskFlagsLoaders,
    private readonly referrals: ReferralsLoaders,
  ) {}

  @Access({ resource: 'AtRiskFlag', command: 'read' })
  @Query(() => AtRiskFlagConnection, { description: 'Patients your hospital flagged at risk, newest first.' })
  atRiskFlags(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'AtRiskFlag', command: 'flag' })
  @Mutation(() => AtRiskFlagResult, {
    description:
      'Flags a patient at risk and opens a referral, a case of the outreach team where they live, or both, in one step. Refused: INVALID_INPUT for a patient who refused, outreach without agreement and wish, a missing county or need, a home or need that nothing is opened with, a discharge long ago, both or neither of person and episode; NOT_FOUND for an episode that is not yours; else as `submitReferral`.',
  })
  async flagAtRisk(
    @Args('input') input: FlagAtRiskInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.flag;
    const command = commandOf(context, { name: 'flagAtRisk', input, key, answers });
    return answer(await this.service.flag(actor, input, command), answers(context));
  }

  @Access({ resource: 'AtRiskFlag', command: 'withdrawTellBack' })
  @Mutation(() => AtRiskFlagResult, {
    description:
      'The patient took back that your hospital learns whether they were reached: `reachedAt` is withheld on this flag and on every other that it has of them. Refused: NOT_FOUND for a flag that is not yours; ILLEGAL_TRANSITION where nothing is told.',
  })
  async withdrawTellBack(
    @Args('flagId', { type: () => ID, description: 'From `atRiskFlags`.' }) flagId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.flag;
    const command = commandOf(context, { name: 'withdrawTellBack', input: { id: flagId }, key, answers });
    return answer(await this.service.withdrawTellBack(actor, flagId, command), answers(context));
  }

  @ResolveField(() => Referral, { nullable: true, description: 'What was opened; it follows its own consents.' })
  referral(@Parent() { referralId }: AtRiskFlagRow, @Ctx() context: GraphqlContext) {
    return referralId === null ? null : this.referrals.referral(context).load(referralId);
  }
}
