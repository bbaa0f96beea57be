export { DirectoryImporter } from './facilities/import-directory';
export type { ChangedRows, DirectoryImport, ImportOutcome } from './facilities/import-directory';
export { webhookDeliveryMachine } from './webhooks/webhook-delivery.machine';
export { webhookEndpointMachine } from './webhooks/webhook-endpoint.machine';
export { WEBHOOK_ENDPOINT_DISABLED } from './webhooks/webhook.events';
export { WebhooksModule } from './webhooks/webhooks.module';
export { PartnersModule } from './partners.module';
export { MeetingsImporter } from './meetings/import-meetings';
export type { MeetingsImport, MeetingsOutcome } from './meetings/import-meetings';
