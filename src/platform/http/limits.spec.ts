import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { asking, officerToken, type Answer } from './caller.fixture';
import { createHttpApp } from './create-http-app';
import { edgeSettings, RegionModule, type Calls } from './edge.fixture';

const PROXY = '127.0.0.1';

describe('the limits at the edge', () => {
  // A hundredth of every budget: 6 reads and 12 more, 1 command and 2 more.
  const settings = edgeSettings({ limits: { percent: 1 } });
  let app: NestFastifyApplication;
  let calls: Calls;

  beforeEach(async () => {
    const region = RegionModule.build({ settings });
    ({ calls } = region);
    app = await createHttpApp(region.module, { isProduction: true, trustedProxies: [PROXY] });
    await app.init();
  });
  afterEach(() => app.close());

  const officer = async () => asking(app, await officerToken(settings));
  const repeat = async (times: number, ask: () => Promise<Answer>): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < times; i += 1) statuses.push((await ask()).status);
    return statuses;
  };

  it('answers 429 with the seconds to wait, and runs nothing', async () => {
    const ask = await officer();
    const page = '{ referrals(first: 1) { nodes { summary } } }';
    expect(new Set(await repeat(18, () => ask(page)))).toEqual(new Set([200]));
    const summaries = calls.summaries;
    const refused = await ask(page);
    expect(refused.status).toBe(429);
    expect(refused.data ?? null).toBeNull();
    const [error] = refused.errors;
    expect(error?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
    expect(refused.headers['retry-after']).toBe(String(error?.extensions['retryAfterSeconds']));
    expect(calls.summaries).toBe(summaries);
  });

  it('counts what runs: every alias, behind fragments too, whatever the operation calls itself', async () => {
    const ask = await officer();
    const six = 'query Innocent { a: me b: me c: me ...F } fragment F on Query { d: me e: me f: me }';
    expect(await repeat(4, () => ask(six))).toEqual([200, 200, 200, 429]);
  });

  it('keeps a budget for each class and each actor', async () => {
    const ask = await officer();
    await repeat(19, () => ask('{ me }'));
    const create = 'mutation { createReferral(input: { note: "x" }) { __typename } }';
    expect(await repeat(4, () => ask(create))).toEqual([200, 200, 200, 429]);
    expect(calls.signIns).toBe(1);
  });

  it('holds across tokens of one membership', async () => {
    await repeat(18, async () => asking(app, await officerToken(settings, {}, 600))('{ me }'));
    expect((await asking(app, await officerToken(settings, {}, 900))('{ me }')).status).toBe(429);
  });

  it('answers alike for accounts that exist and that do not, before and while it locks', async () => {
    const bodies = async (subject: string, from: string): Promise<string[]> => {
      const token = `${(await officerToken(settings, { subject })).split('.').slice(0, 2).join('.')}.AAAA`;
      const answers: string[] = [];
      for (let i = 0; i < 12; i += 1) {
        const response = await app.inject({
          method: 'POST',
          url: '/graphql',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-forwarded-for': from },
          payload: '{"query":"{ me }"}',
        });
        const { 'x-request-id': _id, date: _date, ...headers } = response.headers;
        answers.push(JSON.stringify([response.statusCode, headers, response.body]));
      }
      return answers;
    };
    const known = await bodies('officer', '198.51.100.1');
    expect(known).toEqual(await bodies('nobody', '198.51.100.2'));
    expect(known[10]).toContain('UNAUTHENTICATED');
    expect(known[11]).toContain('RATE_LIMITED');
    expect(calls.signIns).toBe(0);
  });

  it('answers alike when the signature is good and only the membership is missing', async () => {
    const ask = (subject: string, agencyId?: string) => async () => {
      const token = await officerToken(settings, { subject, ...(agencyId !== undefined && { agencyId }) });
      const { status, errors } = await asking(app, token)('{ me }', undefined, { 'x-forwarded-for': '198.51.100.3' });
      return JSON.stringify([status, errors]);
    };
    expect(await ask('nobody')()).toBe(await ask('officer', '33333333-3333-4333-8333-333333333333')());
  });

  it('does not lock a named user out from another address', async () => {
    const token = await officerToken(settings);
    const bad = `${token.split('.').slice(0, 2).join('.')}.AAAA`;
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const statuses = await repeat(12, () => asking(app, bad)('{ me }', undefined, from('198.51.100.4')));
    expect(statuses.at(-1)).toBe(429);
    expect((await asking(app, token)('{ me }', undefined, from('198.51.100.5'))).status).toBe(200);
    expect((await asking(app, token)('{ me }', undefined, from('198.51.100.4'))).status).toBe(200);
  });
});

describe('the caller’s address', () => {
  it('is not what an unknown caller says of itself', async () => {
    const settings = edgeSettings({ limits: { percent: 1 } });
    const app = await createHttpApp(RegionModule.build({ settings }).module, { isProduction: true });
    await app.init();
    const statuses: number[] = [];
    for (let i = 0; i < 19; i += 1) {
      const { status } = await asking(app)('{ __typename }', undefined, { 'x-forwarded-for': `198.51.100.${i}` });
      statuses.push(status);
    }
    await app.close();
    expect(statuses.indexOf(429)).toBe(18);
  });
});
