import { ADMINS, type Resource } from '../policy';

const byOwnAdmin = [{ relation: 'OWN_AGENCY', roles: ADMINS }] as const;
const shownToOwnAdmin = [{ relation: 'OWN_AGENCY', roles: ADMINS, classes: ['STAFF'] }] as const;

export const partnerResources = {
  /** Where news for a partner system goes. What is sent is decided by the system’s own rows, not by these. */
  WebhookEndpoint: {
    fields: {
      id: 'STAFF',
      serviceAccountId: 'STAFF',
      url: 'STAFF',
      kinds: 'STAFF',
      state: 'STAFF',
      disabledWhy: 'STAFF',
      failingSince: 'STAFF',
      stoppedAt: 'STAFF',
      missedFrom: 'STAFF',
      missedUntil: 'STAFF',
      previousSecretUntil: 'STAFF',
      createdAt: 'STAFF',
    },
    grants: shownToOwnAdmin,
    commands: {
      read: byOwnAdmin,
      create: byOwnAdmin,
      rotateSecret: byOwnAdmin,
      pause: byOwnAdmin,
      resume: byOwnAdmin,
      delete: byOwnAdmin,
      test: byOwnAdmin,
      redrive: byOwnAdmin,
    },
  },
  /** A secret, in the one answer that shows it. */
  WebhookSecret: {
    fields: { endpoint: 'STAFF', secret: 'STAFF' },
    leadsTo: { endpoint: 'WebhookEndpoint' },
    grants: shownToOwnAdmin,
    commands: {},
  },
  /** Where a partner system pushes to. What comes is decided by the system’s own rows, not by these. */
  InboundWebhook: {
    fields: {
      id: 'STAFF',
      serviceAccountId: 'STAFF',
      kind: 'STAFF',
      path: 'STAFF',
      previousSecretUntil: 'STAFF',
      createdAt: 'STAFF',
    },
    grants: shownToOwnAdmin,
    commands: { read: byOwnAdmin, create: byOwnAdmin, rotateSecret: byOwnAdmin, delete: byOwnAdmin },
  },
  InboundWebhookSecret: {
    fields: { webhook: 'STAFF', secret: 'STAFF' },
    leadsTo: { webhook: 'InboundWebhook' },
    grants: shownToOwnAdmin,
    commands: {},
  },
  /** Ids and codes of what was tried; nothing of what it said. */
  WebhookDelivery: {
    fields: {
      id: 'STAFF',
      kind: 'STAFF',
      subjectId: 'STAFF',
      state: 'STAFF',
      createdAt: 'STAFF',
      attempts: 'STAFF',
      nextAttemptAt: 'STAFF',
      endedAt: 'STAFF',
      lastCode: 'STAFF',
      lastStatus: 'STAFF',
    },
    grants: shownToOwnAdmin,
    commands: { read: byOwnAdmin },
  },
} as const satisfies Record<string, Resource>;
