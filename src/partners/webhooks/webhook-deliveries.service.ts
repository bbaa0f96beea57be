import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/reader';
import { keysetOf, pageOf, type Connection } from '../../platform/graphql';
import { WebhookDeliveriesStore, type WebhookDeliveryRow } from './webhook-deliveries.store';
import type { WebhookDeliveriesArgs } from './webhook.inputs';

/** What was tried, for whoever looks after an endpoint. */
@Injectable()
export class WebhookDeliveriesService {
  constructor(private readonly store: WebhookDeliveriesStore) {}

  async page(reader: Reader, args: WebhookDeliveriesArgs): Promise<Connection<WebhookDeliveryRow>> {
    const filter = { endpointId: args.endpointId, states: args.states ?? null };
    return pageOf(await this.store.page(reader, filter, args.first, keysetOf(args)), args);
  }
}
