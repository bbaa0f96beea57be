import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { HoldQuotaLoaders } from './capacity.loaders';
import { SetHoldQuotaInput } from './hold-quota.inputs';
import { HoldQuota } from './hold-quota.type';
import { HoldQuotasService } from './hold-quotas.service';
import type { HoldQuotaRow } from './hold-quotas.store';

const HoldQuotaResult = resultOf(HoldQuota);

@Resolver(() => HoldQuota)
export class HoldQuotasResolver {
  constructor(
    private readonly service: HoldQuotasService,
    private readonly loaders: HoldQuotaLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'HoldQuota', command: 'set' })
  @Mutation(() => HoldQuotaResult, {
    description:
      'The operator says how many places an agency may keep at a time. Holds that are active stay. Refused: INVALID_INPUT when nothing is to change, NOT_FOUND for an agency that does not exist.',
  })
  async setHoldQuota(
    @Args('input') input: SetHoldQuotaInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'setHoldQuota', input, key, answers: this.loaders.byAgency });
    return answer(await this.service.set(actor, input, command), this.loaders.byAgency(context));
  }

  @ResolveField(() => Agency, { description: 'The agency that sends referrals.' })
  agency(@Parent() { agencyId }: HoldQuotaRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}

/** What the directory of agencies says of their quotas. */
@Resolver(() => Agency)
export class AgencyHoldQuotaResolver {
  constructor(private readonly loaders: HoldQuotaLoaders) {}

  @ResolveField(() => HoldQuota, { description: 'How many places it may keep at a time for the referrals it sends.' })
  holdQuota(@Parent() { id }: { readonly id: string }, @Ctx() context: GraphqlContext) {
    return this.loaders.byAgency(context).load(id);
  }
}
