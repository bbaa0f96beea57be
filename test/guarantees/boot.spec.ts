import { openApp, type TestApp } from '../setup/app';

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
});
