import type { Actor } from '../../src/access';
import { mintDevelopmentToken } from '../../src/platform/auth';
import { Settings } from '../../src/platform/config';
import { Connections } from '../../src/platform/live';
import { buildActor } from '../builders/agencies';
import { openApp, type TestApp } from '../setup/app';
import { LiveClient, listenTo, pause } from '../setup/live-client';

const origin = 'https://desk.example.org';
const board = 'subscription { bedBoardChanged { id } }';

describe('the WebSocket', () => {
  let app: TestApp;
  let officer: Actor;
  let token: string;

  beforeAll(async () => {
    app = await openApp({ LIVE_ORIGINS: origin, LIVE_CONNECTIONS: '12', INTROSPECTION: 'off' });
    await listenTo(app.app);
    officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    token = await app.tokenOf(officer);
  });
  afterAll(() => app.close());

  const init = (authorization: unknown) => ({ type: 'connection_init', payload: { authorization } });
  const after = async (...messages: (object | string)[]) => {
    const client = await LiveClient.open(app.app);
    for (const message of messages) client.send(message);
    return client.farewell;
  };
  const answerTo = async (payload: object) => {
    const client = await LiveClient.signedIn(app.app, token);
    client.send({ id: '1', type: 'subscribe', payload });
    const { type, payload: answer } = await client.until(({ id }) => id === '1');
    client.close();
    return {
      type,
      codes: (answer as unknown as { extensions: { code: string } }[]).map((one) => one.extensions.code),
      answer,
    };
  };

  it('opens at its address only, for its protocol only, and for known pages only', async () => {
    await expect(LiveClient.open(app.app, { path: '/elsewhere' })).rejects.toThrow('404');
    await expect(LiveClient.open(app.app, { protocol: [] })).rejects.toThrow('400');
    await expect(LiveClient.open(app.app, { protocol: 'graphql-ws' })).rejects.toThrow('400');
    await expect(LiveClient.open(app.app, { origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(LiveClient.open(app.app, { origin: 'null' })).rejects.toThrow('403');
    (await LiveClient.open(app.app, { origin })).close();
  });

  it('closes with the same word whatever is wrong with the sign-in', async () => {
    const expired = await mintDevelopmentToken(
      app.app.get(Settings).dataDir,
      'handrail',
      { subject: officer.id, agencyId: officer.agencyId, role: officer.role },
      -60,
    );
    const stranger = await app.token({ subject: 'nobody', agencyId: officer.agencyId, role: 'OFFICER' });
    for (const authorization of [undefined, 7, '', token, 'Bearer a.b.c', `Bearer ${expired}`, `Bearer ${stranger}`]) {
      expect(await after(init(authorization))).toEqual({ code: 4401, reason: 'Unauthorized' });
    }
    expect(await after({ type: 'connection_init' })).toEqual({ code: 4401, reason: 'Unauthorized' });
    const before = { id: '1', type: 'subscribe', payload: { query: board } };
    expect(await after(before)).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('closes who signs in twice, not at all, or with noise', async () => {
    expect((await after(init(`Bearer ${token}`), init(`Bearer ${token}`))).code).toBe(4429);
    for (const noise of ['{', 'null', '[]', '{"type":"nope"}', '{"type":"subscribe"}']) {
      expect((await after(noise)).code).toBe(4400);
    }
    expect((await after('x'.repeat(65_537))).code).toBe(1009);
    expect((await after()).code).toBe(4408);
  });

  it('closes when the token ends', async () => {
    const claims = { subject: officer.id, agencyId: officer.agencyId, role: officer.role };
    const short = await mintDevelopmentToken(app.app.get(Settings).dataDir, 'handrail', claims, 2);
    const client = await LiveClient.signedIn(app.app, short);
    expect(await client.farewell).toEqual({ code: 4401, reason: 'token expired' });
  });

  it('reads documents as strictly as POST does', async () => {
    const codesOf = async (query: string, more: object = {}) => (await answerTo({ query, ...more })).codes[0];
    expect(await codesOf('{ viewer { id } }')).toBe('BAD_REQUEST');
    expect(await codesOf('mutation { acceptOffer(id: 1) { __typename } }')).toBe('BAD_USER_INPUT');
    expect(await codesOf('subscription {')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await codesOf(`subscription { ${'a '.repeat(1001)} }`)).toBe('GRAPHQL_PARSE_FAILED');
    expect(await codesOf(board, { operationName: 'Other' })).toBe('OPERATION_RESOLUTION_FAILURE');
    expect(await codesOf('{ __schema { types { name } } }')).toBe('GRAPHQL_VALIDATION_FAILED');
    const deep = `{ bedPools { program ${'{ bedPools { program '.repeat(6)} { id } ${'} }'.repeat(6)} } }`;
    expect(await codesOf(`subscription { bedBoardChanged { program ${deep} } }`)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await codesOf('subscription { bedBoardChanged(state: "ohio") { id } }')).toBe('BAD_USER_INPUT');
    expect(
      await codesOf('subscription ($s: String) { bedBoardChanged(state: $s) { id } }', {
        variables: { s: 'a\0' },
      }),
    ).toBe('BAD_USER_INPUT');
    const leftOut = [
      'bedBoardChanged @skip(if: true) { id }',
      '... @include(if: false) { bedBoardChanged { id } }',
      '...f @skip(if: true) } fragment f on Subscription { bedBoardChanged { id }',
    ];
    for (const root of leftOut) expect(await codesOf(`subscription { ${root} }`)).toBe('GRAPHQL_VALIDATION_FAILED');
    const doubling = Array.from({ length: 25 }, (_, i) => `fragment f${i} on BedPool { id ...f${i + 1} ...f${i + 1} }`);
    const startedAt = Date.now();
    const query = `subscription { bedBoardChanged { ...f0 } } ${doubling.join(' ')} fragment f25 on BedPool { id }`;
    expect(await codesOf(query)).toBe('GRAPHQL_VALIDATION_FAILED');
    // Done in full, doubling takes minutes.
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    const { answer } = await answerTo({ query: 'subscription { bedBoardChange { id } }' });
    expect(JSON.stringify(answer)).not.toMatch(/Did you mean|stack/);
  });

  it('asks the access table, as every operation does', async () => {
    const analyst = await app.tokenOf(await buildActor(app.database, 'PUBLIC_HEALTH', 'ANALYST'));
    const client = await LiveClient.signedIn(app.app, analyst);
    client.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { referralChanged { id } }' } });
    const { type, payload } = await client.until(({ id }) => id === '1');
    client.close();
    expect(type).toBe('error');
    expect(payload).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('takes so many subscriptions of a connection, and so many messages at once', async () => {
    const client = await LiveClient.signedIn(app.app, token);
    for (let id = 1; id <= 21; id++) client.send({ id: String(id), type: 'subscribe', payload: { query: board } });
    await client.until(({ id, type }) => id === '21' && type === 'error');
    expect(client.messages.filter(({ type }) => type === 'error')).toHaveLength(1);
    for (let i = 0; i < 60; i++) client.send({ type: 'ping' });
    expect(await client.farewell).toEqual({ code: 4429, reason: 'too many messages' });
  });

  it('takes so many connections of one actor, and of everybody', async () => {
    const clients = [];
    for (let i = 0; i < 10; i++) clients.push(await LiveClient.signedIn(app.app, token));
    await expect(LiveClient.signedIn(app.app, token)).rejects.toThrow('4429 too many connections');
    clients.push(await LiveClient.open(app.app), await LiveClient.open(app.app));
    await expect(LiveClient.open(app.app)).rejects.toThrow('503');
    for (const client of clients) client.close();
    await Promise.all(clients.map(({ farewell }) => farewell));
    while (app.app.get(Connections).count > 0) await pause(10);
    (await LiveClient.signedIn(app.app, token)).close();
  });

  it('is the only way for subscriptions', async () => {
    const { status, errors } = await app.speaking(token)(board);
    expect(status).toBe(400);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('WebSocket'),
      extensions: { code: 'BAD_REQUEST' },
    });
  });
});
