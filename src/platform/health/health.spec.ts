import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../http';
import { asking, officerToken } from '../http/caller.fixture';
import { edgeSettings, RegionModule } from '../http/edge.fixture';

describe('health', () => {
  const settings = edgeSettings();
  const up = { database: true, worker: true };
  const checks = [
    { name: 'database', check: () => Promise.resolve(up.database) },
    { name: 'worker', check: () => (up.worker ? Promise.resolve(true) : Promise.reject(new Error('host 10.0.0.5'))) },
  ];
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await createHttpApp(RegionModule.build({ settings, checks }).module, { isProduction: false });
    await app.init();
  });
  afterAll(() => app.close());

  const get = (url: string) => app.inject({ method: 'GET', url });

  it('is alive whatever it waits for', async () => {
    up.database = false;
    expect((await get('/healthz')).statusCode).toBe(200);
    up.database = true;
  });

  it('is ready while every check is up', async () => {
    const response = await get('/readyz');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ status: 'ok', details: { database: { status: 'up' } } });
  });

  it('is not ready when one is down or throws, and names it without its reason', async () => {
    up.worker = false;
    const response = await get('/readyz');
    up.worker = true;
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ status: 'error', error: { worker: { status: 'down' } } });
    expect(response.body).not.toContain('10.0.0.5');
  });

  it('counts operations by kind and root field and refusals by code, without an id in a label', async () => {
    const ask = asking(app, await officerToken(settings));
    await ask('mutation { createReferral(input: { note: "refuse" }) { __typename } }');
    await ask('{ referral(id: "22222222-2222-4222-8222-000000000000") { id } }');
    const { body, headers } = await get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('handrail_graphql_operation_seconds_count{kind="mutation",field="createReferral"}');
    expect(body).toContain('handrail_refusals_total{code="NO_CAPACITY"} 1');
    expect(body).toContain('process_cpu_seconds_total');
    expect(body).not.toMatch(/22222222|11111111/);
  });
});
