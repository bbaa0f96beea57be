import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { addMember } from '../../bench/live/webhook-receiver';
import { tokensOf } from '../../bench/speed/people';
import type { ApiClient } from '../workload/api-client';

/** Where a provider’s own system pushes its counts. */
export interface Door {
  readonly path: string;
  readonly secret: string;
}

/** How the world is set up while nothing is wrong yet. */
export interface Setting {
  readonly owner: Client;
  readonly dataDir: string;
  readonly client: ApiClient;
  readonly receiverUrl: string;
}

const SCOPES = ['Offer:read', 'Referral:read', 'BedPool:read', 'BedPool:postCensus'];
const OPEN_DOOR = `mutation ($input: CreateInboundWebhookInput!) {
  made: createInboundWebhook(input: $input) { __typename ... on InboundWebhookSecret { secret webhook { path } } ... on Refused { code } } }`;
const SUBSCRIBE = `mutation ($input: CreateWebhookEndpointInput!) {
  made: createWebhookEndpoint(input: $input) { __typename ... on Refused { code field } } }`;

/** A partner system of a provider that is told of its offers and pushes its counts; opened over the API, as its admin. */
export const openPartnerSystem = async (
  { owner, dataDir, client, receiverUrl }: Setting,
  agencyId: string,
): Promise<Door> => {
  const { membershipId: serviceAccountId } = await addMember(owner, agencyId, SCOPES);
  const [token = ''] = await tokensOf(dataDir, { agencyId, members: [await addMember(owner, agencyId, null)] });
  const ask = async (query: string, input: object) => {
    const { data } = await client.ask({ token, requestId: randomUUID(), query, variables: { input } });
    return data?.['made'] as { __typename: string; secret: string; webhook: { path: string } } | undefined;
  };
  const subscribed = await ask(SUBSCRIBE, { serviceAccountId, url: receiverUrl, kinds: ['OFFER_CHANGED'] });
  const door = await ask(OPEN_DOOR, { serviceAccountId, kind: 'CENSUS_POSTED' });
  if (subscribed?.__typename !== 'WebhookSecret' || door?.__typename !== 'InboundWebhookSecret') {
    throw new Error(`a partner system could not be opened: ${JSON.stringify([subscribed, door])}`);
  }
  return { path: door.webhook.path, secret: door.secret };
};
