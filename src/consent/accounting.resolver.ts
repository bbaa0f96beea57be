import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import {
  AccountingOfDisclosuresArgs,
  AccountingRequestsArgs,
  AnswerAccountingInput,
  RequestAccountingInput,
} from './accounting.inputs';
import { AccountingService, type AccountedRow } from './accounting.service';
import type { AccountingRequestRow } from './accounting.store';
import { AccountedDisclosure, AccountingRequest } from './accounting.type';
import { OversightLoaders } from './oversight.loaders';

const AccountingRequestResult = resultOf(AccountingRequest);
const AccountingRequestConnection = connectionOf(AccountingRequest);
const AccountedDisclosureConnection = connectionOf(AccountedDisclosure);

@Resolver(() => AccountingRequest)
export class AccountingResolver {
  constructor(
    private readonly service: AccountingService,
    private readonly loaders: OversightLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'AccountingRequest', command: 'request' })
  @Mutation(() => AccountingRequestResult, {
    description:
      'A person your agency knows asks who was told of them. Starts a clock of thirty days (42 CFR 2.25(b)) before the privacy officer of your agency, or of the operator for all agencies (INTERMEDIARY, 2.24). Refused: NOT_FOUND for a person you do not know.',
  })
  async requestAccounting(
    @Args('input') input: RequestAccountingInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.accountingRequest;
    const command = commandOf(context, { name: 'requestAccounting', input, key, answers });
    return answer(await this.service.request(actor, input, command), answers(context));
  }

  @Access({ resource: 'AccountingRequest', command: 'answer' })
  @Mutation(() => AccountingRequestResult, {
    description:
      'The privacy officer has answered the person: the clock ends. Refused: ILLEGAL_TRANSITION when it has been answered.',
  })
  async answerAccounting(
    @Args('input') input: AnswerAccountingInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.accountingRequest;
    const command = commandOf(context, { name: 'answerAccounting', input, key, answers });
    return answer(await this.service.answer(actor, input.accountingRequestId, command), answers(context));
  }

  @Access({ resource: 'AccountingRequest', command: 'read' })
  @Query(() => AccountingRequestConnection, {
    description: 'Requests that your agency’s privacy officer has to answer, first those that are due first.',
  })
  accountingRequests(@Args() args: AccountingRequestsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'AccountedDisclosure', command: 'read' })
  @Query(() => AccountedDisclosureConnection, {
    nullable: true,
    description:
      'What was told of the person in the three years before the request, oldest first: of your agency’s words, or for the operator of anybody’s. Every page that is taken is on the audit trail first. Null for a request that another agency answers.',
  })
  accountingOfDisclosures(@Args() args: AccountingOfDisclosuresArgs, @Ctx() context: GraphqlContext) {
    return this.service.disclosures(context, args);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The agency that answers.' })
  agency(@Parent() { agencyId }: AccountingRequestRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The agency that recorded it.' })
  recordedBy(@Parent() { recordedByAgencyId }: AccountingRequestRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(recordedByAgencyId);
  }
}

@Resolver(() => AccountedDisclosure)
export class AccountedDisclosureResolver {
  constructor(private readonly agencies: AgencyLoaders) {}

  @ResolveField(() => Agency, { nullable: true, description: 'Who was told.' })
  recipient(@Parent() { toAgencyId }: AccountedRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(toAgencyId);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Whose words it was.' })
  discloser(@Parent() { fromAgencyId }: AccountedRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(fromAgencyId);
  }
}
