import type { Case } from './cases';
import { nudgeCases } from './nudge-cases';

const onEndpoint = (command: string): Case => ({
  asks: `WebhookEndpoint:${command}`,
  on: 'endpoint',
  variables: (endpointId) => ({ input: { endpointId } }),
});
const onInbound = (command: string): Case => ({
  asks: `InboundWebhook:${command}`,
  on: 'inbound',
  variables: (webhookId) => ({ input: { webhookId } }),
});
const first = { first: 20 };

/** Of all that leaves Handrail by itself: the webhooks of partner systems, in and out, and nudges to people. */
export const webhookCases: Readonly<Record<string, Case>> = {
  ...nudgeCases,
  webhookDeliveries: {
    asks: 'WebhookDelivery:read',
    on: 'endpoint',
    variables: (endpointId) => ({ endpointId, ...first }),
  },
  webhookEndpoints: { asks: 'WebhookEndpoint:read', variables: () => first },
  createWebhookEndpoint: {
    asks: 'WebhookEndpoint:create',
    on: 'system',
    variables: (serviceAccountId) => ({
      input: { serviceAccountId, url: 'https://hooks.example.org/swept', kinds: ['OFFER_CHANGED'] },
    }),
  },
  deleteWebhookEndpoint: onEndpoint('delete'),
  pauseWebhookEndpoint: onEndpoint('pause'),
  redriveWebhookDeliveries: { ...onEndpoint('redrive'), neverDone: 'nothing is dead' },
  resumeWebhookEndpoint: { ...onEndpoint('resume'), neverDone: 'it is active' },
  rotateWebhookSecret: onEndpoint('rotateSecret'),
  sendTestWebhook: onEndpoint('test'),

  inboundWebhooks: { asks: 'InboundWebhook:read', variables: () => first },
  createInboundWebhook: {
    asks: 'InboundWebhook:create',
    on: 'system',
    variables: (serviceAccountId) => ({ input: { serviceAccountId, kind: 'CENSUS_POSTED' } }),
  },
  deleteInboundWebhook: onInbound('delete'),
  rotateInboundWebhookSecret: onInbound('rotateSecret'),
};
