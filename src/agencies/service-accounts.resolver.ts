import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
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
import { AgencyLoaders } from './agency.loaders';
import { Agency } from './agency.type';
import { CreateServiceAccountInput, EndServiceAccountInput, MembersArgs } from './member.inputs';
import { MemberLoaders } from './member.loaders';
import type { MemberRow } from './members.store';
import { ServiceAccount } from './service-account.type';
import { ServiceAccountsService } from './service-accounts.service';

const ServiceAccountConnection = connectionOf(ServiceAccount);
const ServiceAccountResult = resultOf(ServiceAccount);

@Resolver(() => ServiceAccount)
export class ServiceAccountsResolver {
  constructor(
    private readonly systems: ServiceAccountsService,
    private readonly members: MemberLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'ServiceAccount', command: 'read' })
  @Query(() => ServiceAccountConnection, {
    name: 'serviceAccounts',
    description: 'Partner systems of your own agency, in the order they were let in.',
  })
  systemsOfAgency(@Args() args: MembersArgs, @Ctx() context: GraphqlContext) {
    return this.systems.page(context.reader, args);
  }

  @Access({ resource: 'ServiceAccount', command: 'create' })
  @Mutation(() => ServiceAccountResult, {
    description:
      'Lets a partner system in. Refused: INVALID_INPUT for a role the agency cannot give or a scope beyond the role (details list those allowed), ALREADY_EXISTS when it holds the role.',
  })
  async createServiceAccount(
    @Args('input') input: CreateServiceAccountInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, {
      name: 'createServiceAccount',
      input,
      key,
      answers: this.members.serviceAccount,
    });
    return answer(await this.systems.create(actor, input, command), this.members.serviceAccount(context));
  }

  @Access({ resource: 'ServiceAccount', command: 'end' })
  @Mutation(() => ServiceAccountResult, {
    description:
      'Puts a partner system out, at once and whatever token it holds. Refused: ILLEGAL_TRANSITION when it is out.',
  })
  async endServiceAccount(
    @Args('input') input: EndServiceAccountInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'endServiceAccount', input, key, answers: this.members.serviceAccount });
    return answer(await this.systems.end(actor, input, command), this.members.serviceAccount(context));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'As first registered; kept when the system serves another agency.',
  })
  name(@Parent() { displayName }: MemberRow): string {
    return displayName;
  }

  @ResolveField(() => Agency, { nullable: true, description: 'For which it acts.' })
  agency(@Parent() { agencyId }: MemberRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}
