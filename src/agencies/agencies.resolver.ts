import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
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
import { AgenciesArgs, CreateAgencyInput, UpdateAgencyInput } from './agency.inputs';
import { AgencyLoaders } from './agency.loaders';
import { Agency } from './agency.type';
import { AgenciesService } from './agencies.service';
import type { AgencyRow } from './agencies.store';
import { countiesByFips, County } from './county.type';

const AgencyConnection = connectionOf(Agency);
const AgencyResult = resultOf(Agency);

@Resolver(() => Agency)
export class AgenciesResolver {
  constructor(
    private readonly agencies: AgenciesService,
    private readonly loaders: AgencyLoaders,
  ) {}

  @Access({ resource: 'Agency', command: 'read' })
  @Query(() => Agency, { nullable: true, description: 'One agency, closed ones included; null when there is none.' })
  agency(@Args('id', { type: () => ID, description: 'Of the agency.' }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.byId(context).load(id);
  }

  @Access({ resource: 'Agency', command: 'read' })
  @Query(() => AgencyConnection, { name: 'agencies', description: 'The directory of agencies, oldest first.' })
  agenciesIn(@Args() args: AgenciesArgs, @Ctx() context: GraphqlContext) {
    return this.agencies.page(context.reader, args);
  }

  @Access({ resource: 'Agency', command: 'create' })
  @Mutation(() => AgencyResult, {
    description: 'The operator takes an agency in. Follow with `addStaffMember` to appoint its first AGENCY_ADMIN.',
  })
  async createAgency(
    @Args('input') input: CreateAgencyInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'createAgency', input, key, answers: this.loaders.byId });
    return answer(await this.agencies.create(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'Agency', command: 'update' })
  @Mutation(() => AgencyResult, {
    description:
      'The agency’s admin, or the operator, changes it. Refused: NOT_FOUND for any other agency, FORBIDDEN for `isActive`, INVALID_INPUT for a county or a team that does not exist. A closed agency has no free place: its open offers are withdrawn, and people on their way there are routed anew.',
  })
  async updateAgency(
    @Args('input') input: UpdateAgencyInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'updateAgency', input, key, answers: this.loaders.byId });
    return answer(await this.agencies.update(actor, input, command), this.loaders.byId(context));
  }

  @ResolveField(() => [County], { description: 'The counties it works in, in the order of their codes.' })
  jurisdictions(@Parent() { jurisdictionFips }: AgencyRow): County[] {
    return countiesByFips(jurisdictionFips);
  }

  @ResolveField(() => Agency, {
    nullable: true,
    description: 'By agreement: the outreach team whose coordinator watches the referrals this agency sends.',
  })
  coordinatingAgency(@Parent() { coordinatingAgencyId }: AgencyRow, @Ctx() context: GraphqlContext) {
    return coordinatingAgencyId && this.loaders.byId(context).load(coordinatingAgencyId);
  }
}
