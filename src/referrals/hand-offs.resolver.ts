import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { MatchRuleEnum, UnmetNeed, type UnmetNeedRow } from '../matching';
import { Episode, type EpisodeRow } from '../people';
import { Ctx, CurrentActor, type GraphqlContext } from '../platform/graphql';
import { HandOff } from './hand-off.type';
import type { HandOffRow } from './hand-offs.store';
import { Referral, ReferralChange } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';
import type { ChangeRow } from './referrals.store';
import { unmetRulesTold } from './searches-told';

@Resolver(() => HandOff)
export class HandOffsResolver {
  constructor(private readonly agencies: AgencyLoaders) {}

  @ResolveField(() => Agency, { nullable: true, description: 'The agency that let the person go.' })
  fromAgency(@Parent() handOff: HandOffRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(handOff.fromAgencyId);
  }

  @ResolveField(() => Agency, {
    nullable: true,
    description: 'The agency that takes the person over; null while no program has accepted them.',
  })
  toAgency(@Parent() handOff: HandOffRow, @Ctx() context: GraphqlContext) {
    return handOff.toAgencyId ? this.agencies.byId(context).load(handOff.toAgencyId) : null;
  }
}

@Resolver(() => ReferralChange)
export class ReferralChangesResolver {
  constructor(private readonly agencies: AgencyLoaders) {}

  @ResolveField(() => Agency, { nullable: true, description: 'The agency on whose side the step was taken.' })
  agency(@Parent() change: ChangeRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(change.agencyId);
  }
}

/** Referrals of an episode: rooms below cannot name them. */
@Resolver(() => Episode)
export class EpisodeReferralsResolver {
  constructor(private readonly loaders: ReferralsLoaders) {}

  @ResolveField(() => [Referral], {
    nullable: true,
    description: 'Referrals of this episode that your agency takes part in, oldest first.',
  })
  referrals(@Parent() episode: EpisodeRow, @Ctx() context: GraphqlContext) {
    return this.loaders.byEpisode(context).load(episode.id);
  }
}

@Resolver(() => UnmetNeed)
export class UnmetNeedReferralResolver {
  constructor(private readonly loaders: ReferralsLoaders) {}

  @ResolveField(() => Referral, { nullable: true })
  referral(@Parent() unmet: UnmetNeedRow, @Ctx() context: GraphqlContext) {
    return this.loaders.referral(context).load(unmet.referralId);
  }

  @ResolveField(() => [MatchRuleEnum], { nullable: true })
  async rules(@Parent() unmet: UnmetNeedRow, @Ctx() context: GraphqlContext, @CurrentActor() actor: Actor) {
    const referral = await this.loaders.referral(context).load(unmet.referralId);
    return unmetRulesTold(actor, referral, unmet.rules);
  }
}
