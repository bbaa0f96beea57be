import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../http';
import { asking, officerToken } from '../http/caller.fixture';
import { edgeSettings, RegionModule, referrals } from '../http/edge.fixture';

describe('the GraphQL endpoint', () => {
  const settings = edgeSettings();
  const { module, calls } = RegionModule.build({ settings });
  let app: NestFastifyApplication;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    app = await createHttpApp(module, { isProduction: true });
    await app.init();
    ask = asking(app, await officerToken(settings));
  });
  afterAll(() => app.close());

  const codes = async (query: string, variables?: object) =>
    (await ask(query, variables)).errors.map(({ extensions }) => extensions['code']);

  describe('who may call', () => {
    it('answers nobody who has not signed in, whatever is asked and however badly, and tells nothing by it', async () => {
      const stranger = asking(app);
      const needed = 'query ($id: ID!) { referral(id: $id) { id } }';
      const asked: [string, object?][] = [
        ['{ me }'],
        ['{ helth }'],
        [needed],
        [needed, { id: 'none' }],
        ['{ referral { id } }'],
        ['{ me { id } }'],
        ['{ ...F } fragment F on Query { me }'],
        ['{ ... on Query { me } }'],
        ['query ($i: CreateReferralInput) { __typename }'],
        ['query ($i: [NoSuchInput!]) { __typename }'],
        ['{ __typename } fragment F on Referral { __typename }'],
        ['{ __typename ... on Referral { __typename } }'],
        ['mutation { createReferral { __typename } }'],
        ['subscription { news }'],
        ['query a { __typename } query b { me }'],
        [`{ ${'me '.repeat(11)} }`],
      ];
      // Once as who has signed in: what was read before is remembered, and must not be looked up for a stranger.
      for (const [query, variables] of asked) await ask(query, variables);
      const answers = [];
      for (const [query, variables] of asked) {
        const { status, data, errors, headers } = await stranger(query, variables);
        answers.push([query, status, data, errors, String(headers['www-authenticate'])]);
      }
      const refusal = { message: expect.stringContaining('Sign in first'), extensions: { code: 'UNAUTHENTICATED' } };
      expect(answers).toEqual(
        asked.map(([query]) => [query, 401, undefined, [refusal], expect.stringContaining('Bearer')]),
      );
    });

    it('answers a bad token and no token alike', async () => {
      const [none, bad] = [await asking(app)('{ me }'), await asking(app, 'a.b.c')('{ me }')];
      expect([none.status, none.data, none.errors[0]?.extensions]).toEqual([
        bad.status,
        bad.data,
        bad.errors[0]?.extensions,
      ]);
    });

    it('lets anyone see that it is there, and tells a document that cannot be read as that', async () => {
      const stranger = asking(app);
      expect((await stranger('{ ... on Query { __typename } }')).data).toEqual({ __typename: 'Query' });
      expect((await stranger('{')).errors[0]?.extensions['code']).toBe('GRAPHQL_PARSE_FAILED');
      expect((await stranger('{ __schema { types { name } } }')).errors[0]?.extensions['code']).toBe(
        'GRAPHQL_VALIDATION_FAILED',
      );
    });

    it('refuses a role no row of the table knows', async () => {
      const refused = await ask('{ administered }');
      expect(refused.status).toBe(403);
      expect(refused.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    });
  });

  describe('what a field shows', () => {
    it('withholds per record, and never runs the resolver of a withheld field', async () => {
      calls.summaries = 0;
      const { data } = await ask('{ referrals(first: 2) { nodes { id summary } } }');
      expect(data).toEqual({
        referrals: {
          nodes: [
            { id: referrals[0]?.id, summary: 'note 0' },
            { id: referrals[1]?.id, summary: null },
          ],
        },
      });
      expect(calls.summaries).toBe(1);
    });

    it('loads a relation of a whole page in one statement', async () => {
      calls.batches = 0;
      await ask('{ referrals(first: 20) { nodes { siblings { id siblings { id } } } } }');
      expect(calls.batches).toBe(1);
    });
  });

  describe('answers of a command', () => {
    const create = `mutation ($input: CreateReferralInput!) { createReferral(input: $input) {
      __typename ... on Referral { id } ... on Refused { code message field remedy details } } }`;

    it('is the record', async () => {
      const { data } = await ask(create, { input: { note: 'ok' } });
      expect(data).toEqual({ createReferral: { __typename: 'Referral', id: referrals[0]?.id } });
    });

    it('or a refusal as data', async () => {
      const { data, status } = await ask(create, { input: { note: 'refuse' } });
      expect(status).toBe(200);
      expect(data).toEqual({
        createReferral: {
          __typename: 'Refused',
          code: 'NO_CAPACITY',
          message: 'No place is left.',
          field: 'input.places',
          remedy: 'Ask again.',
          details: { pool: 1 },
        },
      });
    });

    it('names the argument that breaks a rule, and the way out', async () => {
      const places = await ask(create, { input: { note: 'x', places: [{ beds: 1 }, { beds: 0 }] } });
      expect(places.errors).toEqual([
        {
          message: 'beds must not be less than 1',
          path: ['createReferral'],
          extensions: {
            code: 'BAD_USER_INPUT',
            field: 'input.places[1].beds',
            remedy: 'Correct `input.places[1].beds` and send the request again.',
          },
        },
      ]);
      const note = await ask(create, { input: { note: 'x'.repeat(300) } });
      expect(note.errors[0]).toMatchObject({
        message: 'The note is too long.',
        extensions: { field: 'input.note', remedy: 'Keep it below 200.' },
      });
    });
  });

  describe('values', () => {
    it.each([
      ['an id that is no UUID', '{ referral(id: "1") { id } }'],
      ['an id that is a number', '{ referral(id: 1) { id } }'],
      ['a day that does not exist', '{ referrals(since: "2026-02-30T00:00:00Z") { nodes { id } } }'],
      ['a moment without an offset', '{ referrals(since: "2026-02-03T00:00:00") { nodes { id } } }'],
      ['a date with a time', '{ referrals(born: "2026-02-03T00:00:00Z") { nodes { id } } }'],
      ['a page of nothing', '{ referrals(first: 0) { nodes { id } } }'],
      ['a page beyond the cap', '{ referrals(first: 101) { nodes { id } } }'],
      ['a cursor that is not ours', '{ referrals(after: "WyIyIl0") { nodes { id } } }'],
      ['a null byte hidden in a literal', '{ referrals(search: "a\\u0000") { nodes { id } } }'],
    ])('refuses %s as bad input', async (_what, query) => {
      expect(await codes(query)).toEqual([expect.stringMatching(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/)]);
    });

    it('checks ids inside variables and inputs alike', async () => {
      expect(await codes('query ($id: ID!) { referral(id: $id) { id } }', { id: "1' OR 1=1" })).toEqual([
        'BAD_USER_INPUT',
      ]);
      const create = 'mutation ($i: CreateReferralInput!) { createReferral(input: $i) { __typename } }';
      expect(await codes(create, { i: { note: 'x', personId: 'nobody' } })).toEqual(['BAD_USER_INPUT']);
    });

    it('checks ids as strictly when the operation is asked again and runs compiled', async () => {
      const one = 'query ($id: ID!) { referral(id: $id) { id } }';
      for (let run = 0; run < 3; run += 1) {
        expect(await codes(one, { id: "1' OR 1=1" })).toEqual(['BAD_USER_INPUT']);
        expect(await codes(one, { id: 1 })).toEqual(['BAD_USER_INPUT']);
      }
    });

    it('pages to the end without a gap or a double', async () => {
      const seen: unknown[] = [];
      let after: string | null = null;
      do {
        const page = await ask(
          'query ($after: String) { referrals(first: 10, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
          { after },
        );
        const { nodes, pageInfo } = page.data?.['referrals'] as {
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
        seen.push(...nodes.map(({ id }) => id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(referrals.map(({ id }) => id));
    });
  });

  describe('faults', () => {
    it('shows nothing of an unexpected error but a number to quote, and the rest of the answer', async () => {
      for (let run = 0; run < 3; run += 1) {
        const { status, data, errors } = await ask('{ me broken(how: "crash") }', {}, { 'x-request-id': `run-${run}` });
        expect(status).toBe(200);
        expect(data).toEqual({ me: 'OFFICER', broken: null });
        expect(errors).toEqual([
          {
            message: `Something went wrong. Quote request id run-${run} to the operator.`,
            path: ['broken'],
            extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: `run-${run}` },
          },
        ]);
      }
    });

    it('shows a code only from its list, and of an error only what clients need', async () => {
      const leak = await ask('{ broken(how: "leak") }');
      expect(leak.errors[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
      const chat = await ask('{ broken(how: "chat") }');
      expect(chat.errors).toEqual([{ message: 'Said aloud.', path: ['broken'], extensions: { code: 'FORBIDDEN' } }]);
      expect(JSON.stringify([leak, chat])).not.toMatch(/secret/i);
    });

    it('answers 401 when the membership has ended and 503 when the database is away', async () => {
      const signedOut = await ask('{ broken(how: "signOut") }');
      expect([signedOut.status, signedOut.errors[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
      const atTheDoor = await asking(app, await officerToken(settings, { subject: 'outage' }))('{ me }');
      expect([atTheDoor.status, atTheDoor.headers['retry-after']]).toEqual([503, '1']);
      const away = await ask('{ broken(how: "outage") }');
      expect([away.status, away.errors[0]?.extensions['code'], away.headers['retry-after']]).toEqual([
        503,
        'RETRY_LATER',
        '1',
      ]);
    });
  });

  describe('documents nobody honest sends', () => {
    const repeat = (count: number, part: (index: number) => string) =>
      Array.from({ length: count }, (_, i) => part(i)).join(' ');

    it.each([
      ['the schema', '{ __schema { types { name } } }'],
      ['more than five operations', repeat(6, (i) => `query q${i} { health }`)],
      [
        'more than five mutations',
        `mutation { ${repeat(6, (i) => `a${i}: createReferral(input: { note: "x" }) { __typename }`)} }`,
      ],
      ['many aliases', `{ ${repeat(16, (i) => `a${i}: health`)} }`],
      ['a selection over and over', `{ ${repeat(11, () => 'health')} }`],
      ['depth', `{ referrals { nodes { ${repeat(12, () => 'siblings {')} id ${repeat(12, () => '}')} } } }`],
      ['many directives', `{ health ${repeat(6, () => '@skip(if: false)')} }`],
      [
        'doubling fragments',
        `{ referrals { nodes { ...f0 } } } ${repeat(10, (i) => `fragment f${i} on Referral { a: siblings { ...f${i + 1} } b: siblings { ...f${i + 1} } }`)} fragment f10 on Referral { id }`,
      ],
      ['a guess at a field', '{ helth }'],
    ])('refuses %s', async (_what, query) => {
      const { data, errors } = await ask(query);
      expect(data).toBeUndefined();
      expect(errors.length).toBeLessThanOrEqual(6);
      expect(errors[0]?.extensions['code']).toMatch(/^GRAPHQL_(VALIDATION|PARSE)_FAILED$/);
      expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
    });

    it('answers 400 for them to clients of the newer media type', async () => {
      const accept = 'application/graphql-response+json';
      expect((await ask('{ helth }', {}, { accept })).status).toBe(400);
      expect((await ask('{ helth }')).status).toBe(200);
    });
  });
});
