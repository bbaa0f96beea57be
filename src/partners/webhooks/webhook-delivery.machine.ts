import { machine } from '../../kernel/machine';

export type WebhookDeliveryState = 'WAITING' | 'DELIVERED' | 'SKIPPED' | 'DEAD';
export type WebhookDeliveryCommand = 'deliver' | 'skip' | 'giveUp' | 'redrive';

/** One piece of news for one endpoint. `skip`: nothing in it that the partner may see, or has not seen already. */
export const webhookDeliveryMachine = machine<WebhookDeliveryState, WebhookDeliveryCommand>(
  'webhook delivery',
  'WAITING',
  {
    WAITING: { deliver: 'DELIVERED', skip: 'SKIPPED', giveUp: 'DEAD' },
    DEAD: { redrive: 'WAITING' },
    DELIVERED: {},
    SKIPPED: {},
  },
);
