import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Access } from '../platform/auth';
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
} from '../platform/graphql';
import { DeclineRestockInput, RequestRestockInput, RestockInput, SendRestockInput } from './naloxone.inputs';
import { RestockRequest } from './naloxone.type';
import { RespondersLoaders } from './responders.loaders';
import { RestockService } from './restock.service';
import type { RestockRow } from './restock.store';

const RestockRequestResult = resultOf(RestockRequest);
const RestockRequestConnection = connectionOf(RestockRequest);

@Resolver(() => RestockRequest)
export class RestockResolver {
  constructor(
    private readonly service: RestockService,
    private readonly loaders: RespondersLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'RestockRequest', command: 'read' })
  @Query(() => RestockRequestConnection, {
    description: 'Requests for naloxone that your agency made or was asked, newest first.',
  })
  restockRequests(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'RestockRequest', command: 'request' })
  @Mutation(() => RestockRequestResult, {
    description:
      'Asks another agency for doses. Refused: INVALID_INPUT for an agency that is none, your own, or of a kind that has nobody who could answer.',
  })
  async requestRestock(
    @Args('input') input: RequestRestockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.request;
    const command = commandOf(context, { name: 'requestRestock', input, key, answers });
    return answer(await this.service.request(actor, input, command), answers(context));
  }

  @Access({ resource: 'RestockRequest', command: 'send' })
  @Mutation(() => RestockRequestResult, {
    description:
      'Your agency sends doses of its own stock. Refused: OUT_OF_STOCK where not as many are on hand, INVALID_INPUT for more than were asked for, ILLEGAL_TRANSITION once it was answered.',
  })
  async sendRestock(
    @Args('input') input: SendRestockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.request;
    const command = commandOf(context, { name: 'sendRestock', input, key, answers });
    return answer(await this.service.send(actor, input, command), answers(context));
  }

  @Access({ resource: 'RestockRequest', command: 'receive' })
  @Mutation(() => RestockRequestResult, {
    description:
      'What was sent has come, and is in your stock with its lots and dates. Refused: ILLEGAL_TRANSITION unless it is SENT.',
  })
  async receiveRestock(
    @Args('input') input: RestockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.request;
    const command = commandOf(context, { name: 'receiveRestock', input, key, answers });
    return answer(await this.service.receive(actor, input.requestId, command), answers(context));
  }

  @Access({ resource: 'RestockRequest', command: 'decline' })
  @Mutation(() => RestockRequestResult, {
    description: 'Your agency sends none. Refused: ILLEGAL_TRANSITION once it was answered.',
  })
  async declineRestock(
    @Args('input') input: DeclineRestockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.request;
    const command = commandOf(context, { name: 'declineRestock', input, key, answers });
    return answer(await this.service.decline(actor, input, command), answers(context));
  }

  @Access({ resource: 'RestockRequest', command: 'cancel' })
  @Mutation(() => RestockRequestResult, {
    description: 'You want none any more. Refused: ILLEGAL_TRANSITION once it was sent.',
  })
  async cancelRestock(
    @Args('input') input: RestockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.request;
    const command = commandOf(context, { name: 'cancelRestock', input, key, answers });
    return answer(await this.service.cancel(actor, input.requestId, command), answers(context));
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Who asks.' })
  agency(@Parent() { agencyId }: RestockRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Who is asked.' })
  supplier(@Parent() { supplierAgencyId }: RestockRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(supplierAgencyId);
  }
}
