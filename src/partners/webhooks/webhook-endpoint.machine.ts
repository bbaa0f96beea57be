import { machine } from '../../kernel/machine';

export type WebhookEndpointState = 'ACTIVE' | 'PAUSED' | 'DISABLED' | 'DELETED';
export type WebhookEndpointCommand = 'pause' | 'resume' | 'disable' | 'delete';

/** Where news goes. `disable` is Handrail's own step, when nothing has arrived for too long. */
export const webhookEndpointMachine = machine<WebhookEndpointState, WebhookEndpointCommand>(
  'webhook endpoint',
  'ACTIVE',
  {
    ACTIVE: { pause: 'PAUSED', disable: 'DISABLED', delete: 'DELETED' },
    PAUSED: { resume: 'ACTIVE', disable: 'DISABLED', delete: 'DELETED' },
    DISABLED: { resume: 'ACTIVE', delete: 'DELETED' },
    DELETED: {},
  },
);
