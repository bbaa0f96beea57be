import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'pg';
import { DEVELOPMENT_ISSUER } from '../../src/platform/auth';
import { HttpClient } from '../speed/http-client';
import { tokensOf, type Team } from '../speed/people';
import type { Heard } from './subscriber';

const CREATE = `mutation ($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { __typename ... on Refused { code field } } }`;

interface Agency {
  readonly dataDir: string;
  readonly agencyId: string;
}

/** An admin, or a partner system where scopes are given. */
export const addMember = async (owner: Client, agencyId: string, asked: readonly string[] | null) => {
  const [accountId, membershipId] = [randomUUID(), randomUUID()];
  const role = asked === null ? 'AGENCY_ADMIN' : 'PROVIDER_STAFF';
  const kind = asked === null ? 'STAFF' : 'SERVICE_ACCOUNT';
  await owner.query(
    `with made as (insert into account (id, kind, issuer, subject, display_name) values ($1::uuid, $2, $3, $1::text, 'User') returning id)
     insert into membership (id, account_id, agency_id, role, scopes) select $4, made.id, $5, $6, $7 from made`,
    [accountId, kind, DEVELOPMENT_ISSUER, membershipId, agencyId, role, asked],
  );
  return { accountId, membershipId, agencyId, role } as const;
};

/** A partner’s receiver on this machine: what it is told of offers, and when. */
export class WebhookReceiver {
  readonly heard: Heard[] = [];
  #port = 0;
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(parts).toString()) as { data: { id: string; state: string } };
      this.heard.push({ offerId: data.id, state: data.state, at: performance.now() });
      response.writeHead(204).end();
    });
  });

  /** Where it was before, once it has been away. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, 'localhost', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return `http://localhost:${this.#port}/`;
  }

  /** Nobody listens there any more; what is under way is cut off. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Subscribes the agency’s partner system, over the API, as its admin. */
  async subscribe(owner: Client, apiPort: number, { dataDir, agencyId }: Agency): Promise<void> {
    const system = await addMember(owner, agencyId, ['Offer:read', 'Referral:read']);
    const admin: Team = { agencyId, members: [await addMember(owner, agencyId, null)] };
    const [token = ''] = await tokensOf(dataDir, admin);
    const input = { serviceAccountId: system.membershipId, url: await this.open(), kinds: ['OFFER_CHANGED'] };
    const authorization = `Bearer ${token}`;
    const { body } = await new HttpClient(apiPort).post(
      '/graphql',
      { query: CREATE, variables: { input } },
      { authorization },
    );
    if (!body.includes('"WebhookSecret"')) throw new Error(`no webhook endpoint was made: ${body}`);
  }
}
