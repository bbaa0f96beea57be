import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { auditServer } from 'graphql-http';
import { createHttpApp } from './create-http-app';
import { edgeSettings, RegionModule } from './edge.fixture';

/** The GraphQL-over-HTTP working group's own audit. What a server MAY do beyond a POST, this one does not. */
describe('GraphQL over HTTP', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const { module } = RegionModule.build({ settings: edgeSettings({ introspection: true }) });
    app = await createHttpApp(module, { isProduction: false });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  it('is spoken as the specification says it must and should be', async () => {
    const results = await auditServer({ url: `${await app.getUrl()}/graphql` });
    const broken = results.filter(({ status }) => status !== 'ok' && status !== 'notice').map(({ name }) => name);
    expect(results.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });
});
