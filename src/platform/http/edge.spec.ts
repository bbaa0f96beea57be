import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from './create-http-app';
import { asking, officerToken } from './caller.fixture';
import { edgeSettings, RegionModule } from './edge.fixture';

type Injected = Parameters<NestFastifyApplication['inject']>[0] & object;

describe('the HTTP edge', () => {
  const settings = edgeSettings();
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await createHttpApp(RegionModule.build({ settings }).module, { isProduction: true });
    await app.init();
  });
  afterAll(() => app.close());

  const send = (changes: Partial<Injected>) =>
    app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json' },
      payload: '{"query":"{ __typename }"}',
      ...changes,
    } as Injected);
  const sendAs = (type: string, payload = '{"query":"{ __typename }"}') =>
    send({ headers: { 'content-type': type }, payload });

  it('answers a POST of plain JSON, with headers that keep browsers and caches out', async () => {
    const response = await send({});
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ data: { __typename: 'Query' } });
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'strict-transport-security': expect.stringContaining('max-age'),
    });
    expect(response.headers['permissions-policy']).toContain('geolocation=()');
    for (const telling of ['x-powered-by', 'server', 'server-timing']) {
      expect(response.headers).not.toHaveProperty(telling);
    }
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'] as const)('refuses %s on /graphql', async (method) => {
    const response = await app.inject({ method, url: '/graphql?query={__typename}' });
    expect(response.statusCode).toBe(405);
    expect(response.headers['allow']).toBe('POST');
  });

  it.each([
    'text/plain',
    'application/graphql',
    'text/plain; a=application/json',
    'application/json; charset=utf-7',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
  ])('refuses %s before reading the body', async (type) => {
    expect((await sendAs(type)).statusCode).toBe(415);
  });

  it('refuses a compressed body', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await send({ headers, payload: gzipSync('{"query":"{ __typename }"}') })).statusCode).toBe(415);
  });

  it.each([
    ['malformed JSON', '{"query":', 400],
    ['no body', '', 400],
    ['a batch', '[{"query":"{__typename}"}]', 400],
    ['a poisoned prototype', '{"query":"{__typename}","__proto__":{"a":1}}', 400],
    ['a poisoned constructor', '{"query":"{__typename}","variables":{"constructor":{"prototype":{"a":1}}}}', 400],
    ['more than 256 kB', JSON.stringify({ query: `{__typename} #${'x'.repeat(300_000)}` }), 413],
  ])('refuses %s without a word about the inside', async (_what, payload, status) => {
    const response = await send({ payload });
    expect(response.statusCode).toBe(status);
    expect(response.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it.each([
    ['a null byte in a variable', { variables: { a: { b: ['x\u0000'] } } }, 'a.b[0]'],
    ['a control character in a variable', { variables: { a: 'x\u001b[31m' } }, 'a'],
    ['half a character in a variable', { variables: { a: 'x\ud800' } }, 'a'],
    ['a null byte in a key', { variables: { 'x\u0000': 1 } }, 'variables'],
    ['a null byte in the operation name', { operationName: 'a\u0000' }, 'operationName'],
    ['a text beyond the limit', { variables: { a: 'x'.repeat(10_001) } }, 'a'],
  ])('refuses %s at the door', async (_what, part, field) => {
    const response = await send({ payload: JSON.stringify({ query: 'query a { __typename }', ...part }) });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }] });
  });

  it.each([
    ['a name the document lacks', { query: 'query a { __typename }', operationName: 'b' }],
    ['a name with a line end', { query: 'query a { __typename }', operationName: 'x\r\nSet-Cookie: a=b' }],
    ['no name among several', { query: 'query a { __typename } query b { __typename }' }],
  ])('answers %s as the mistake it is', async (_what, payload) => {
    const response = await send({ payload: JSON.stringify(payload) });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] });
    expect(response.json()).not.toHaveProperty('data');
  });

  it('refuses values nested without end', async () => {
    const deep = `{"query":"{ __typename }","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    expect((await send({ payload: deep })).statusCode).toBe(400);
  });

  it('answers an unknown path with 404 in JSON', async () => {
    const response = await app.inject({ method: 'GET', url: '/admin' });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  it('keeps a sane request id and replaces any other', async () => {
    const idFor = async (sent: string) => {
      const headers = { 'content-type': 'application/json', 'x-request-id': sent };
      return (await send({ headers })).headers['x-request-id'];
    };
    expect(await idFor('dispatch-7.b_1')).toBe('dispatch-7.b_1');
    expect(await idFor('../etc passwd')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('a'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('closes the socket it refuses, and says so', async () => {
    await app.listen(0, '127.0.0.1');
    const response = await fetch(`${await app.getUrl()}/${'x'.repeat(20_000)}`);
    expect(response.status).toBe(431);
    expect(response.headers.get('connection')).toBe('close');
  });
});

describe('the log', () => {
  const lines: Record<string, unknown>[] = [];
  const raw: string[] = [];
  const logTo = {
    write: (line: string): void => {
      raw.push(line);
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  };
  const settings = edgeSettings({ logLevel: 'info', logTo });
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await createHttpApp(RegionModule.build({ settings }).module, { isProduction: false });
    await app.init();
  });
  afterAll(() => app.close());
  beforeEach(() => lines.splice(0));

  it('has one line per request: what ran, for whom, how long, and nothing of what was said', async () => {
    const ask = asking(app, await officerToken(settings));
    await ask('query Look($s: String) { referrals(search: $s) { nodes { id summary } } }', { s: 'Jane Doe' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      msg: 'request',
      method: 'POST',
      route: '/graphql',
      status: 200,
      operation: 'Look',
      kind: 'query',
      actorId: 'handrail-development/officer',
      agencyId: '11111111-1111-4111-8111-111111111111',
      requestId: expect.any(String),
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(lines)).not.toMatch(/Jane|Bearer|summary|eyJ/);
  });

  it('has the fault behind an unexpected error, under the id the caller was told', async () => {
    const { errors } = await asking(app, await officerToken(settings))('{ broken(how: "crash") }');
    const fault = lines.find(({ msg }) => msg === 'unexpected error');
    expect(fault).toMatchObject({ requestId: errors[0]?.extensions['requestId'], path: 'broken' });
    expect(JSON.stringify(fault)).toContain('secret detail of the inside');
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  it('keeps no line beside it, for a fault or for what a caller got wrong', async () => {
    const ask = asking(app, await officerToken(settings));
    for (const how of ['crash', 'leak', 'chat', 'signOut', 'outage']) await ask(`{ broken(how: "${how}") }`);
    await ask('{ administered }');
    await ask('{ referrals(first: 0) { nodes { id } } }');
    await asking(app)('{ me }');
    const messages = lines.map(({ msg }) => msg).filter((msg) => msg !== 'request');
    expect(messages).toEqual(['unexpected error', 'unexpected error']);
  });

  it('names a field once a line, as strict readers of JSON ask', async () => {
    raw.splice(0);
    await asking(app, await officerToken(settings))('{ broken(how: "crash") }');
    expect(raw).toHaveLength(2);
    for (const line of raw) expect(line.match(/"requestId":/g)).toHaveLength(1);
  });
});
