import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access';
import { isRefusal, type Refusal } from '../../kernel/refusal';
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
import { WebhookDeliveriesService } from './webhook-deliveries.service';
import type { WithSecret } from './shown-secret';
import { WebhookEndpointsService } from './webhook-endpoints.service';
import type { WebhookEndpointRow } from './webhook-endpoints.store';
import {
  CreateWebhookEndpointInput,
  RedriveWebhookDeliveriesInput,
  WebhookDeliveriesArgs,
  WebhookEndpointInput,
} from './webhook.inputs';
import { WebhookDelivery, WebhookEndpoint, WebhookSecret } from './webhook.type';
import { WebhooksLoaders } from './webhooks.loaders';

const EndpointConnection = connectionOf(WebhookEndpoint);
const DeliveryConnection = connectionOf(WebhookDelivery);
const EndpointResult = resultOf(WebhookEndpoint);
const SecretResult = resultOf(WebhookSecret);

@Resolver(() => WebhookEndpoint)
export class WebhookEndpointsResolver {
  constructor(
    private readonly service: WebhookEndpointsService,
    private readonly deliveries: WebhookDeliveriesService,
    private readonly loaders: WebhooksLoaders,
  ) {}

  @Access({ resource: 'WebhookEndpoint', command: 'read' })
  @Query(() => EndpointConnection, {
    description: 'Where news for partner systems of your agency goes, the oldest first; deleted ones are left out.',
  })
  webhookEndpoints(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'WebhookDelivery', command: 'read' })
  @Query(() => DeliveryConnection, {
    description:
      'What was sent to one endpoint of your agency, the newest first. What has not been tried yet is not listed.',
  })
  webhookDeliveries(@Args() args: WebhookDeliveriesArgs, @Ctx() context: GraphqlContext) {
    return this.deliveries.page(context.reader, args);
  }

  @Access({ resource: 'WebhookEndpoint', command: 'create' })
  @Mutation(() => SecretResult, {
    description:
      'Sends news to a partner system from now on; what was before is not sent. The secret is shown in this answer alone; the same idempotency key shows it again. Refused: NOT_FOUND for a system that is not active at your agency, INVALID_INPUT for an address Handrail may not call, a kind the system may not read, or more than 20 endpoints.',
  })
  async createWebhookEndpoint(
    @Args('input') input: CreateWebhookEndpointInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'createWebhookEndpoint', input, key });
    return this.shown(await this.service.create(actor, input, command), context);
  }

  @Access({ resource: 'WebhookEndpoint', command: 'rotateSecret' })
  @Mutation(() => SecretResult, {
    description:
      'A new secret, shown in this answer alone; the same idempotency key shows it again. For 24 hours everything is signed with the one before as well; that one’s own predecessor ends at once.',
  })
  async rotateWebhookSecret(
    @Args('input') input: WebhookEndpointInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'rotateWebhookSecret', input, key });
    return this.shown(await this.service.rotateSecret(actor, input.endpointId, command), context);
  }

  @Access({ resource: 'WebhookEndpoint', command: 'pause' })
  @Mutation(() => EndpointResult, {
    description: 'News waits, up to 72 hours. Refused: ILLEGAL_TRANSITION unless ACTIVE.',
  })
  async pauseWebhookEndpoint(
    @Args('input') input: WebhookEndpointInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'pauseWebhookEndpoint', input, key, answers: this.loaders.endpoint });
    return answer(await this.service.move(actor, input.endpointId, 'pause', command), this.loaders.endpoint(context));
  }

  @Access({ resource: 'WebhookEndpoint', command: 'resume' })
  @Mutation(() => EndpointResult, {
    description:
      'What waits is sent in order. After DISABLED nothing was kept: read anew what may have changed. Refused: ILLEGAL_TRANSITION unless PAUSED or DISABLED, or when the partner system is out.',
  })
  async resumeWebhookEndpoint(
    @Args('input') input: WebhookEndpointInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'resumeWebhookEndpoint', input, key, answers: this.loaders.endpoint });
    return answer(await this.service.move(actor, input.endpointId, 'resume', command), this.loaders.endpoint(context));
  }

  @Access({ resource: 'WebhookEndpoint', command: 'delete' })
  @Mutation(() => EndpointResult, { description: 'Nothing is sent any more; what waits is dropped.' })
  async deleteWebhookEndpoint(
    @Args('input') input: WebhookEndpointInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'deleteWebhookEndpoint', input, key, answers: this.loaders.endpoint });
    return answer(await this.service.move(actor, input.endpointId, 'delete', command), this.loaders.endpoint(context));
  }

  @Access({ resource: 'WebhookEndpoint', command: 'test' })
  @Mutation(() => EndpointResult, {
    description: 'Sends `webhook.test`, with nothing in it, like any news. Refused: ILLEGAL_TRANSITION unless ACTIVE.',
  })
  async sendTestWebhook(
    @Args('input') input: WebhookEndpointInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'sendTestWebhook', input, key, answers: this.loaders.endpoint });
    return answer(await this.service.test(actor, input.endpointId, command), this.loaders.endpoint(context));
  }

  @Access({ resource: 'WebhookEndpoint', command: 'redrive' })
  @Mutation(() => EndpointResult, {
    description:
      'Tries dead letters again, for another 72 hours, with their own ids; what they say is read anew. Refused: NOT_FOUND when none of them is dead.',
  })
  async redriveWebhookDeliveries(
    @Args('input') input: RedriveWebhookDeliveriesInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const { endpointId, deliveryIds = null } = input;
    const command = commandOf(context, {
      name: 'redriveWebhookDeliveries',
      input,
      key,
      answers: this.loaders.endpoint,
    });
    return answer(await this.service.redrive(actor, endpointId, deliveryIds, command), this.loaders.endpoint(context));
  }

  @ResolveField(() => ID, { nullable: true, description: 'The partner system, as `serviceAccounts` lists it.' })
  serviceAccountId(@Parent() { membershipId }: WebhookEndpointRow): string {
    return membershipId;
  }

  private async shown(made: WithSecret | Refusal, context: GraphqlContext) {
    if (isRefusal(made)) return made;
    const endpoint = await answer(made, this.loaders.endpoint(context));
    return isRefusal(endpoint) ? endpoint : { ...made, endpoint, relations: endpoint.relations, consents: [] };
  }
}
