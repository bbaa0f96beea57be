import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { always, Steps } from '../../platform/graphql';
import { InboundKindEnum, type InboundKind } from './inbound-kinds';

@ObjectType({
  description:
    'Where a partner system pushes one kind of news to (Standard Webhooks). What comes is done in the system’s name, within its scopes. Shown to the admin of its agency.',
})
@Steps({ create: null, rotateSecret: always, delete: always })
export class InboundWebhook {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => InboundKindEnum, { nullable: true, description: 'What is taken there, and nothing else.' })
  kind: InboundKind | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until then what is signed with the secret before the last rotation is taken as well.',
  })
  previousSecretUntil: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was opened.' })
  createdAt: Date | null;
}

@ObjectType({
  description:
    'A new secret: it is sealed on file and shown in the answer to the command that made it, and nowhere else.',
})
export class InboundWebhookSecret {
  @Field(() => InboundWebhook, { nullable: true })
  webhook: InboundWebhook | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Starts with `whsec_`. The same idempotency key shows it again while it is the newest; null once another came after it.',
  })
  secret: string | null;
}

@InputType({ description: 'What a partner system of your agency is to push.' })
export class CreateInboundWebhookInput {
  @Field(() => ID, { description: 'The partner system, as `serviceAccounts` lists it.' })
  serviceAccountId: string;

  @Field(() => InboundKindEnum, { description: 'A command that the system’s scopes include.' })
  kind: InboundKind;
}

@InputType({ description: 'An address of your own agency that partner systems push to.' })
export class InboundWebhookInput {
  @Field(() => ID, { description: 'As `inboundWebhooks` lists it.' })
  webhookId: string;
}
