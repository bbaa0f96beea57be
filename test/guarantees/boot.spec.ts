import { openApp, type TestApp } from '../setup/app';
import { operations } from '../sweep/operations';

describe('the whole application', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it('passes its own walls and answers', async () => {
    const { status, data } = await app.speaking(null)('{ __typename }');
    expect([status, data]).toEqual([200, { __typename: 'Query' }]);
  });

  it('refuses who has not signed in at every operation alike, before what was sent with it is read', async () => {
    const stranger = app.speaking(null);
    const answers = new Set<string>();
    for (const { document } of operations) {
      for (const variables of [{}, { input: 7, id: {}, first: 'many' }]) {
        answers.add(JSON.stringify(await stranger(document, variables)));
      }
    }
    expect([...answers].map((answer) => JSON.parse(answer) as unknown)).toEqual([
      expect.objectContaining({
        status: 401,
        data: null,
        errors: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })],
      }),
    ]);
  });
});
