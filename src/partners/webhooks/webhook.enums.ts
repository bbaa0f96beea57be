import { enumOf } from '../../platform/graphql';
import type { WebhookDeliveryState } from './webhook-delivery.machine';
import type { WebhookEndpointState } from './webhook-endpoint.machine';
import { TEST_TYPE, webhookKindNames, webhookKinds, type WebhookKind } from './webhook-kinds';

const kinds = Object.fromEntries(
  webhookKindNames.map((kind) => [kind, `${webhookKinds[kind].description} Type \`${webhookKinds[kind].type}\`.`]),
) as Record<WebhookKind, string>;

export const WebhookKindEnum = enumOf('WebhookKind', kinds, 'What a partner system is told of.');

export const WebhookDeliveryKindEnum = enumOf(
  'WebhookDeliveryKind',
  { ...kinds, TEST: `Sent by \`sendTestWebhook\`. Type \`${TEST_TYPE}\`.` },
  'What was sent.',
);

const endpointStates: Record<WebhookEndpointState, string> = {
  ACTIVE: 'News is sent.',
  PAUSED:
    'News waits, up to 72 hours, and is sent in order once it is resumed. Then `missedFrom` says whether any was missed.',
  DISABLED:
    'Handrail stopped sending: see `disabledWhy`. What was tried is `DEAD`; no news is kept meanwhile, and `missedFrom` says so once it is resumed.',
  DELETED: 'Nothing is sent any more.',
};
export const WebhookEndpointStateEnum = enumOf('WebhookEndpointState', endpointStates, 'Whether news is sent.');

const deliveryStates: Record<WebhookDeliveryState, string> = {
  WAITING: 'Tried, and tried again at `nextAttemptAt`.',
  DELIVERED: 'The receiver answered with 2xx.',
  SKIPPED: 'Nothing was left in it that the partner system may see.',
  DEAD: 'Not delivered within 72 hours, or taken out: `redriveWebhookDeliveries` tries it again.',
};
export const WebhookDeliveryStateEnum = enumOf('WebhookDeliveryState', deliveryStates, 'How far a delivery came.');

export const disabledReasons = {
  UNREACHABLE: 'Nothing has arrived for 72 hours.',
  GONE: 'The receiver answered with 410: it wants nothing any more.',
  ACCOUNT_ENDED:
    'The partner system was put out, or its agency is closed: it goes on by itself when the agency opens again.',
} as const;
export type DisabledReason = keyof typeof disabledReasons;
export const DisabledReasonEnum = enumOf('WebhookDisabledReason', disabledReasons, 'Why Handrail stopped sending.');

/** How an attempt ended. Never an answer’s words: only what kind of answer it was. */
export const attemptCodes = {
  OK: 'The receiver answered with 2xx.',
  HTTP_STATUS: 'Another answer: `lastStatus`. Redirects are not followed.',
  TIMEOUT: 'No answer within ten seconds.',
  UNREACHABLE: 'No connection, or it broke.',
  ADDRESS_REFUSED: 'The host is not on the operator’s list, or leads to an internal address.',
  NOT_READ: 'It could not be read for the partner system just then.',
  NOTHING_TO_SEE: 'Nothing was left in it that the partner system may see.',
  ACCOUNT_ENDED: 'The partner system was put out, or its agency is closed.',
  ENDPOINT_DISABLED: 'It waited for its next try when Handrail stopped sending to the endpoint.',
  WAITED_TOO_LONG: 'The endpoint was paused for over 72 hours.',
} as const;
export type AttemptCode = keyof typeof attemptCodes;
export const AttemptCodeEnum = enumOf('WebhookAttemptCode', attemptCodes, 'How an attempt ended.');
