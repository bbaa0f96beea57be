import { Module } from '@nestjs/common';
import { AgenciesModule } from '../../agencies';
import { InboundController } from './inbound.controller';
import { InboundReception } from './inbound-reception';
import { InboundWebhooksLoaders } from './inbound-webhooks.loaders';
import { InboundWebhooksResolver } from './inbound-webhooks.resolver';
import { InboundWebhooksService } from './inbound-webhooks.service';
import { InboundWebhooksStore } from './inbound-webhooks.store';

/** News from partner systems, by the Standard Webhooks specification. */
@Module({
  imports: [AgenciesModule],
  controllers: [InboundController],
  providers: [
    InboundWebhooksStore,
    InboundWebhooksService,
    InboundWebhooksLoaders,
    InboundWebhooksResolver,
    InboundReception,
  ],
})
export class InboundModule {}
