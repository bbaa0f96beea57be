import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../../platform/graphql';
import { WebhookEndpointsStore, type WebhookEndpointRow } from './webhook-endpoints.store';

@Injectable()
export class WebhooksLoaders {
  constructor(private readonly endpoints: WebhookEndpointsStore) {}

  readonly endpoint = defineLoader<string, WebhookEndpointRow>(async (reader, ids) =>
    inOrderOf(ids, await this.endpoints.byIds(reader, ids), ({ id }) => id),
  );
}
