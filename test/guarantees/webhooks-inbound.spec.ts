import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { Webhook } from 'standardwebhooks';
import type { Actor } from '../../src/access';
import { buildStaff } from '../builders/agencies';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { buildReferral, buildRegion, done, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

const create = `mutation ($input: CreateInboundWebhookInput!) { createInboundWebhook(input: $input) {
  __typename ... on InboundWebhookSecret { secret webhook { id path } } ... on Refused { code field } } }`;
interface Created {
  readonly createInboundWebhook: {
    readonly secret: string;
    readonly webhook: { readonly id: string; readonly path: string };
    readonly code?: string;
    readonly field?: string;
  };
}
interface Sent {
  readonly secret?: string;
  readonly id?: string;
  readonly at?: Date;
  readonly text?: string;
  readonly type?: string;
}

describe('inbound webhooks', () => {
  let app: TestApp;
  let region: Region;
  let admin: Actor;
  let system: Actor;
  let path: string;
  let secret: string;

  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(app);
    const agency = { id: pool().agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    admin = await buildStaff(app.database, agency, 'AGENCY_ADMIN');
    const scopes = ['BedPool:postCensus', 'BedPool:read'];
    system = await buildStaff(app.database, agency, 'PROVIDER_STAFF', { kind: 'SERVICE_ACCOUNT', scopes });
    ({ path, secret } = await opened());
  });
  afterAll(() => app.close());

  const pool = () => region.programs[0]!.pool;
  const opened = async (input: object = {}): Promise<{ path: string; secret: string; id: string }> => {
    const { data, errors } = await (
      await app.as(admin)
    )<Created>(create, {
      input: { serviceAccountId: system.membershipId, kind: 'CENSUS_POSTED', ...input },
    });
    expect(errors).toEqual([]);
    const made = data!.createInboundWebhook;
    return { ...made.webhook, secret: made.secret };
  };
  const push = async (body: object | string, given: Sent = {}) => {
    const sent = { id: randomUUID(), at: new Date(), type: 'application/json', secret, ...given };
    const { id, at, type } = sent;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const signature = new Webhook(sent.secret).sign(id, at, given.text ?? text);
    const answer = await request(app.app.getHttpServer())
      .post(path)
      .set({ 'content-type': type, 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) })
      .set('webhook-signature', signature)
      .send(text);
    const [error] = (answer.body as { errors?: { extensions: Record<string, unknown> }[] }).errors ?? [];
    return {
      status: answer.status,
      code: error?.extensions['code'],
      field: error?.extensions['field'],
      body: answer.body as object,
    };
  };
  const census = (occupied: number, poolId = pool().id) => ({
    type: 'census.posted',
    data: { source: 'SYSTEM', pools: [{ poolId, staffed: 9, occupied }] },
  });
  const counted = async () =>
    (
      await app.owner<{ occupied: number; posted: number }>(
        'select occupied, (select count(*)::int from census c where c.pool_id = b.id) as posted from bed_pool b where id = $1',
        [pool().id],
      )
    )[0];

  it('do what the mutation does, in the name of the partner system, once for each id', async () => {
    const before = await counted();
    const id = randomUUID();
    const answers = [await push(census(3), { id }), await push(census(3), { id })];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { done: true }],
      [200, { done: true }],
    ]);
    expect(await counted()).toEqual({ occupied: 3, posted: (before?.posted ?? 0) + 1 });
    const trail = await app.owner("select 1 from audit_entry where action = 'census.posted' and actor_id = $1", [
      system.id,
    ]);
    expect(trail).toHaveLength(1);
    // The same id with other words is another message, and a mistake.
    expect(await push(census(4), { id })).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await counted())?.occupied).toBe(3);
  });

  it('have one effect when the same message comes fifty times at once', async () => {
    const before = await counted();
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => push(census(5), { id })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await counted()).toEqual({ occupied: 5, posted: (before?.posted ?? 0) + 1 });
  });

  it('are refused alike: unknown, unsigned, wrongly signed, changed on the way, too old, too new', async () => {
    const before = await counted();
    const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
    const wrong: Sent[] = [
      { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` },
      { text: JSON.stringify(census(8)) },
      { at: minutes(-6) },
      { at: minutes(6) },
    ];
    const answers = [];
    for (const sent of wrong) answers.push(await push(census(1), sent));
    const own = path;
    for (const elsewhere of [`/webhooks/inbound/${randomUUID()}`, '/webhooks/inbound/x']) {
      path = elsewhere;
      answers.push(await push(census(1)));
    }
    path = own;
    const bare = await request(app.app.getHttpServer()).post(path).send(census(1));
    expect(answers.map(({ status, code }) => [status, code])).toEqual(answers.map(() => [401, 'UNAUTHENTICATED']));
    expect([...answers.map(({ body }) => body), bare.body]).toEqual(Array<unknown>(7).fill(answers[0]?.body));
    expect(await counted()).toEqual(before);
  });

  it('are read as strictly as a mutation, and nothing is done by half', async () => {
    const before = await counted();
    const good = census(2).data.pools[0]!;
    const wrong: [object | string, Sent, number, string, string?][] = [
      [{ ...census(2), type: 'other.posted' }, {}, 400, 'BAD_USER_INPUT', 'type'],
      [
        { type: 'census.posted', data: { source: 'SYSTEM', pools: [{ ...good, staffed: 'many' }] } },
        {},
        400,
        'BAD_USER_INPUT',
        'data.pools[0].staffed',
      ],
      [
        { type: 'census.posted', data: { source: 'SYSTEM', pools: [{ ...good, staffed: -1 }] } },
        {},
        400,
        'BAD_USER_INPUT',
        'data.pools[0].staffed',
      ],
      [{ type: 'census.posted' }, {}, 400, 'BAD_USER_INPUT', 'data'],
      [census(2), { id: 'short' }, 400, 'BAD_USER_INPUT', 'webhook-id'],
      [
        { type: 'census.posted', data: { source: 'SYSTEM', pools: [good, { ...good, poolId: randomUUID() }] } },
        {},
        422,
        'NOT_FOUND',
        'data.pools[1].poolId',
      ],
      [census(20), {}, 422, 'INVALID_INPUT', 'data.pools[0].occupied'],
      ['{"type":', {}, 400, 'BAD_REQUEST'],
      ['[]', {}, 400, 'BAD_REQUEST'],
      [JSON.stringify({ ...census(2), padding: 'x'.repeat(260 * 1024) }), {}, 413, 'BAD_REQUEST'],
      [census(2), { type: 'text/plain' }, 415, 'BAD_REQUEST'],
    ];
    for (const [body, sent, status, code, field] of wrong) {
      expect(await push(body, sent)).toMatchObject({ status, code, ...(field && { field }) });
    }
    expect(await counted()).toEqual(before);
  });

  it('tell that a person has come: once, and too late with what can be done', async () => {
    const before = { path, secret };
    const scopes = (some: string[]) =>
      app.owner('update membership set scopes = $2 where id = $1', [system.membershipId, some]);
    await scopes(['BedPool:postCensus', 'BedPool:read', 'Referral:recordArrival', 'Referral:read']);
    ({ path, secret } = await opened({ kind: 'PERSON_ARRIVED' }));
    const intake = region.programs[0]!.intake;
    const kept = async (): Promise<string> => {
      const id = await buildReferral(app, region.officer);
      const offerId = await offerAt(app, id, intake.agencyId);
      done(await app.app.get(AcceptanceService).accept(intake, offerId, { name: 'test' }));
      return id;
    };
    const arrived = (id: string) => ({ type: 'person.arrived', data: { id } });
    const [come, late] = [await kept(), await kept()];
    const message = { id: randomUUID() };
    expect(await push(arrived(come), message)).toMatchObject({ status: 200, body: { done: true } });
    expect(await push(arrived(come), message)).toMatchObject({ status: 200, body: { done: true } });
    expect(await push(arrived(come))).toMatchObject({ status: 422, code: 'ILLEGAL_TRANSITION' });
    const [row] = await app.owner<{ state: string; by: string[] }>(
      `select r.state, array(select e.actor_id::text from audit_entry e where e.action = 'referral.arrived' and e.subject_id = r.id) as by
       from referral r where r.id = $1`,
      [come],
    );
    expect(row).toEqual({ state: 'ARRIVED', by: [system.id] });
    app.clock.advance(121);
    expect(await push(arrived(late))).toMatchObject({ status: 422, code: 'HOLD_EXPIRED' });
    expect(await push(arrived(randomUUID()))).toMatchObject({ status: 422, code: 'NOT_FOUND' });
    expect(await push({ type: 'person.arrived', data: {} })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(await push(census(2))).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', field: 'type' });
    await scopes(['BedPool:postCensus', 'BedPool:read']);
    expect(await push(arrived(late))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    ({ path, secret } = before);
  });

  it('rotate their secret, and end with it, with the scope and with the partner system', async () => {
    const { id } = { id: path.split('/').at(-1) };
    const step = async (name: string, shown: string) => {
      const { data } = await (
        await app.as(admin)
      )<Record<string, { secret?: string }>>(
        `mutation ($input: InboundWebhookInput!) { ${name}(input: $input, idempotencyKey: "of-this-step") { __typename ${shown} } }`,
        { input: { webhookId: id } },
      );
      return data?.[name]?.secret ?? '';
    };
    const next = await step('rotateInboundWebhookSecret', '... on InboundWebhookSecret { secret }');
    expect(await step('rotateInboundWebhookSecret', '... on InboundWebhookSecret { secret }')).toBe(next);
    for (const one of [secret, next]) expect((await push(census(2), { secret: one })).status).toBe(200);
    app.clock.advance(24 * 60 - 1);
    expect((await push(census(2), { secret })).status).toBe(200);
    app.clock.advance(2);
    expect((await push(census(2), { secret })).status).toBe(401);
    expect((await push(census(2), { secret: next })).status).toBe(200);
    secret = next;
    await app.owner('update membership set scopes = $2 where id = $1', [system.membershipId, ['BedPool:read']]);
    expect(await push(census(2))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    await app.owner('update membership set scopes = $2, ended_at = now() where id = $1', [
      system.membershipId,
      ['BedPool:postCensus'],
    ]);
    expect(await push(census(2))).toMatchObject({ status: 401 });
    await app.owner('update membership set ended_at = null where id = $1', [system.membershipId]);
    expect((await push(census(2))).status).toBe(200);
    await step('deleteInboundWebhook', '');
    expect(await push(census(2))).toMatchObject({ status: 401 });
  });
});

describe('inbound webhooks that come too often', () => {
  it('are told to wait', async () => {
    const app = await openApp({ RATE_LIMIT_PERCENT: '1' });
    const statuses = [];
    for (let i = 0; i < 30; i++) {
      const sent = request(app.app.getHttpServer()).post(`/webhooks/inbound/${randomUUID()}`).send({});
      statuses.push((await sent).status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    await app.close();
  });
});
