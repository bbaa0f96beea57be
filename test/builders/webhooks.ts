import type { Actor, Role } from '../../src/access';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { WebhooksJobs } from '../../src/partners/webhooks/webhooks.jobs';
import type { TestApp } from '../setup/app';
import { buildStaff, type BuiltAgency } from './agencies';

export interface BuiltEndpoint {
  readonly id: string;
  readonly secret: string;
  readonly admin: Actor;
  readonly system: Actor;
}

const READS = ['Person:read', 'Referral:read', 'Offer:read', 'Clock:read', 'RoomClock:read', 'BedPool:read'];

export const createEndpoint = `mutation ($input: CreateWebhookEndpointInput!, $key: String) {
  createWebhookEndpoint(input: $input, idempotencyKey: $key) {
    __typename ... on WebhookSecret { secret endpoint { id state serviceAccountId } } ... on Refused { code field message remedy }
  }
}`;

export interface CreatedEndpoint {
  readonly createWebhookEndpoint: {
    readonly secret: string | null;
    readonly endpoint: { readonly id: string };
    readonly code?: string;
    readonly field?: string;
  };
}

/** A partner system of the agency, its admin, and an endpoint made over the API. */
export const buildEndpoint = async (
  app: TestApp,
  agency: BuiltAgency,
  role: Role,
  { url, kinds }: { readonly url: string; readonly kinds: readonly string[] },
): Promise<BuiltEndpoint> => {
  const system = await buildStaff(app.database, agency, role, { kind: 'SERVICE_ACCOUNT', scopes: READS });
  const admin = await buildStaff(app.database, agency, 'AGENCY_ADMIN');
  const input = { serviceAccountId: system.membershipId, url, kinds };
  const { data, errors } = await (await app.as(admin))<CreatedEndpoint>(createEndpoint, { input });
  const made = data?.createWebhookEndpoint;
  if (!made?.secret) throw new Error(JSON.stringify([data, errors]));
  return { id: made.endpoint.id, secret: made.secret, admin, system };
};

/** What the worker does until nothing is due: events to deliveries, deliveries to receivers. */
export const sendDue = async (app: TestApp): Promise<void> => {
  const waiting = await app.owner<{ id: string }>(
    'select id from outbox_event where delivered_at is null order by position',
  );
  await app.app.get(OutboxDelivery).deliver(waiting.map(({ id }) => id));
  await app.app.get(WebhooksJobs).sendAll();
};
