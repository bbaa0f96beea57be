import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
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

  it('shows the schema to tools, which ask deeper than any client may', async () => {
    const answer = await fetch(`${await app.getUrl()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: getIntrospectionQuery() }),
    });
    const { data, errors } = (await answer.json()) as { data: IntrospectionQuery; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(buildClientSchema(data).getQueryType()?.name).toBe('Query');
  });

  it('shows no more of it at once for that', async () => {
    const deep = 'fields { type { '.repeat(8) + 'name' + ' } }'.repeat(8);
    const answer = await fetch(`${await app.getUrl()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ __schema { types { ${deep} } } }` }),
    });
    expect(await answer.text()).toContain('GRAPHQL_VALIDATION_FAILED');
  });
});
