import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { byMachine, Steps } from '../../platform/graphql';
import type { WebhookDeliveryState } from './webhook-delivery.machine';
import { webhookEndpointMachine, type WebhookEndpointState } from './webhook-endpoint.machine';
import type { WebhookKind } from './webhook-kinds';
import {
  AttemptCodeEnum,
  DisabledReasonEnum,
  WebhookDeliveryKindEnum,
  WebhookDeliveryStateEnum,
  WebhookEndpointStateEnum,
  WebhookKindEnum,
  type AttemptCode,
  type DisabledReason,
} from './webhook.enums';

@ObjectType({
  description:
    'Where news for a partner system goes (Standard Webhooks). What is sent is what the system itself could read when it is sent. Shown to the admin of its agency.',
})
@Steps<{ readonly state: WebhookEndpointState }>({
  create: null,
  ...byMachine(webhookEndpointMachine, 'pause', 'resume', 'delete'),
  rotateSecret: ({ state }) => state !== 'DELETED',
  redrive: ({ state }) => state !== 'DELETED',
  test: ({ state }) => state === 'ACTIVE',
})
export class WebhookEndpoint {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is sent, by POST.' })
  url: string | null;

  @Field(() => [WebhookKindEnum], { nullable: true, description: 'What it is told of.' })
  kinds: WebhookKind[] | null;

  @Field(() => WebhookEndpointStateEnum, { nullable: true })
  state: WebhookEndpointState | null;

  @Field(() => DisabledReasonEnum, {
    nullable: true,
    description: 'Why Handrail stopped sending; null while it has not.',
  })
  disabledWhy: DisabledReason | null;

  @Field(() => Date, { nullable: true, description: 'Since when nothing arrives; null while the last attempt did.' })
  failingSince: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Paused or disabled: since when nothing is sent or, where it failed before, since when nothing arrived; null while it is active.',
  })
  stoppedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Before it was resumed last, news from here until `missedUntil` may not have been kept: read anew what changed then. Null: nothing was missed.',
  })
  missedFrom: Date | null;

  @Field(() => Date, { nullable: true, description: 'See `missedFrom`.' })
  missedUntil: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until then everything is signed with the secret before the last rotation as well.',
  })
  previousSecretUntil: Date | null;

  @Field(() => Date, { nullable: true, description: 'News from then on is sent.' })
  createdAt: Date | null;
}

@ObjectType({
  description:
    'A new secret: it is sealed on file and shown in the answer to the command that made it, and nowhere else.',
})
export class WebhookSecret {
  @Field(() => WebhookEndpoint, { nullable: true })
  endpoint: WebhookEndpoint | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Starts with `whsec_`. The same idempotency key shows it again while it is the newest; null once another came after it.',
  })
  secret: string | null;
}

@ObjectType({
  description:
    'One piece of news on its way to one endpoint, from its first attempt on. Kept for 30 days; dead letters until they are redriven.',
})
export class WebhookDelivery {
  @Field(() => ID, { nullable: true, description: 'The `webhook-id` the receiver sees, the same for every attempt.' })
  id: string | null;

  @Field(() => WebhookDeliveryKindEnum, { nullable: true })
  kind: WebhookKind | 'TEST' | null;

  @Field(() => ID, { nullable: true, description: 'The record; null for a test.' })
  subjectId: string | null;

  @Field(() => WebhookDeliveryStateEnum, { nullable: true })
  state: WebhookDeliveryState | null;

  @Field(() => Date, { nullable: true, description: 'When the news came to be sent.' })
  createdAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Attempts so far; after a redrive counted anew.' })
  attempts: number | null;

  @Field(() => Date, { nullable: true, description: 'When it is tried again; null once it has ended.' })
  nextAttemptAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Null while it waits.' })
  endedAt: Date | null;

  @Field(() => AttemptCodeEnum, { nullable: true, description: 'How the last attempt ended.' })
  lastCode: AttemptCode | null;

  @Field(() => Int, { nullable: true, description: 'The HTTP status of the last answer. Nothing else of it is kept.' })
  lastStatus: number | null;
}
