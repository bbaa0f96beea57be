import { Module } from '@nestjs/common';
import { AgenciesModule } from '../../agencies';
import { ClocksModule } from '../../clocks';
import { ReferralsModule } from '../../referrals';
import { WebhookChecks } from './webhook.checks';
import { WebhookDeliveriesService } from './webhook-deliveries.service';
import { WebhookDeliveriesStore } from './webhook-deliveries.store';
import { WebhookEndpointsResolver } from './webhook-endpoints.resolver';
import { WebhookEndpointsService } from './webhook-endpoints.service';
import { WebhookEndpointsStore } from './webhook-endpoints.store';
import { WebhookMessages } from './webhook-messages';
import { WebhookSenderService } from './webhook-sender.service';
import { WebhooksJobs } from './webhooks.jobs';
import { WebhooksLoaders } from './webhooks.loaders';

/** News to partner systems, by the Standard Webhooks specification. */
@Module({
  imports: [AgenciesModule, ClocksModule, ReferralsModule],
  providers: [
    WebhookEndpointsStore,
    WebhookDeliveriesStore,
    WebhookMessages,
    WebhookSenderService,
    WebhookEndpointsService,
    WebhookDeliveriesService,
    WebhooksJobs,
    WebhookChecks,
    WebhooksLoaders,
    WebhookEndpointsResolver,
  ],
  exports: [WebhooksLoaders],
})
export class WebhooksModule {}
