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
import {
  CreateInboundWebhookInput,
  InboundWebhook,
  InboundWebhookInput,
  InboundWebhookSecret,
} from './inbound-webhook.type';
import type { WithSecret } from '../webhooks/shown-secret';
import { InboundWebhooksService } from './inbound-webhooks.service';
import { InboundWebhooksLoaders } from './inbound-webhooks.loaders';
import type { InboundWebhookRow } from './inbound-webhooks.store';

const WebhookConnection = connectionOf(InboundWebhook);
const WebhookResult = resultOf(InboundWebhook);
const SecretResult = resultOf(InboundWebhookSecret);

@Resolver(() => InboundWebhook)
export class InboundWebhooksResolver {
  constructor(
    private readonly service: InboundWebhooksService,
    private readonly loaders: InboundWebhooksLoaders,
  ) {}

  @Access({ resource: 'InboundWebhook', command: 'read' })
  @Query(() => WebhookConnection, { description: 'Where partner systems of your agency push to, the oldest first.' })
  inboundWebhooks(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'InboundWebhook', command: 'create' })
  @Mutation(() => SecretResult, {
    description:
      'Opens an address for one kind of news of a partner system. The secret is shown in this answer alone; the same idempotency key shows it again. Refused: NOT_FOUND for a system that is not active at your agency, INVALID_INPUT for a kind its scopes do not include, or more than 20.',
  })
  async createInboundWebhook(
    @Args('input') input: CreateInboundWebhookInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'createInboundWebhook', input, key });
    return this.shown(await this.service.create(actor, input, command), context);
  }

  @Access({ resource: 'InboundWebhook', command: 'rotateSecret' })
  @Mutation(() => SecretResult, {
    description:
      'A new secret, shown in this answer alone; the same idempotency key shows it again. For 24 hours the one before is taken as well.',
  })
  async rotateInboundWebhookSecret(
    @Args('input') input: InboundWebhookInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'rotateInboundWebhookSecret', input, key });
    return this.shown(await this.service.rotateSecret(actor, input.webhookId, command), context);
  }

  @Access({ resource: 'InboundWebhook', command: 'delete' })
  @Mutation(() => WebhookResult, { description: 'Nothing is taken there any more.' })
  async deleteInboundWebhook(
    @Args('input') input: InboundWebhookInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'deleteInboundWebhook', input, key, answers: this.loaders.webhook });
    return answer(await this.service.delete(actor, input.webhookId, command), this.loaders.webhook(context));
  }

  @ResolveField(() => ID, { nullable: true, description: 'The partner system, as `serviceAccounts` lists it.' })
  serviceAccountId(@Parent() { membershipId }: InboundWebhookRow): string {
    return membershipId;
  }

  @ResolveField(() => String, { nullable: true, description: 'Where to POST, below the address of the API.' })
  path(@Parent() { id }: InboundWebhookRow): string {
    return `/webhooks/inbound/${id}`;
  }

  private async shown(opened: WithSecret | Refusal, context: GraphqlContext) {
    if (isRefusal(opened)) return opened;
    const webhook = await answer(opened, this.loaders.webhook(context));
    return isRefusal(webhook) ? webhook : { ...opened, webhook, relations: webhook.relations, consents: [] };
  }
}
