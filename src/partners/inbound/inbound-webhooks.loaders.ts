import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../../platform/graphql';
import { InboundWebhooksStore, type InboundWebhookRow } from './inbound-webhooks.store';

@Injectable()
export class InboundWebhooksLoaders {
  constructor(private readonly store: InboundWebhooksStore) {}

  readonly webhook = defineLoader<string, InboundWebhookRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );
}
