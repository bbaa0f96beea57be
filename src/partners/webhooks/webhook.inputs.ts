import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, Length } from 'class-validator';
import { ConnectionArgs } from '../../platform/graphql';
import type { WebhookDeliveryState } from './webhook-delivery.machine';
import type { WebhookKind } from './webhook-kinds';
import { WebhookDeliveryStateEnum, WebhookKindEnum } from './webhook.enums';

@InputType({ description: 'Where news for a partner system of your agency is to go.' })
export class CreateWebhookEndpointInput {
  @Field(() => ID, {
    description: 'The partner system, as `serviceAccounts` lists it: everything sent is what it could read itself.',
  })
  serviceAccountId: string;

  @Field({
    description: 'An https address without query, up to 500 characters, whose host the operator has listed.',
  })
  @Length(8, 500)
  url: string;

  @Field(() => [WebhookKindEnum], { description: 'What it is told of; each something the system may read.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  kinds: WebhookKind[];
}

@InputType({ description: 'An endpoint of your own agency.' })
export class WebhookEndpointInput {
  @Field(() => ID, { description: 'As `webhookEndpoints` lists it.' })
  endpointId: string;
}

@InputType({ description: 'Dead letters of one endpoint that are to be tried again.' })
export class RedriveWebhookDeliveriesInput extends WebhookEndpointInput {
  @Field(() => [ID], { nullable: true, description: 'Up to 500 of them; left out: all.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  deliveryIds?: string[] | null;
}

@ArgsType()
export class WebhookDeliveriesArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'As `webhookEndpoints` lists it.' })
  endpointId: string;

  @Field(() => [WebhookDeliveryStateEnum], { nullable: true, description: 'Only in these states; left out: all.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  states?: WebhookDeliveryState[] | null;
}
