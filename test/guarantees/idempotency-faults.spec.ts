import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { buildRegion, buildSubmission, type Region } from '../builders/referrals';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { createDatabase } from '../setup/database';
import { TcpProxy } from '../../torture/stage/tcp-proxy';

const submit = `mutation ($input: SubmitReferralInput!, $key: String!) {
  submitReferral(input: $input, idempotencyKey: $key) { __typename ... on Referral { id progress } ... on Refused { code } } }`;

describe('a client’s key', () => {
  let app: TestApp;
  let proxy: TcpProxy;
  let region: Region;
  let officer: Actor;

  beforeAll(async () => {
    const database = await createDatabase();
    const address = new URL(database.commandUrl);
    proxy = await TcpProxy.open(Number(address.port));
    address.hostname = '127.0.0.1';
    address.port = String(proxy.port);
    app = await openApp({}, { ...database, commandUrl: address.href });
    region = await buildRegion(app);
    officer = region.officer;
  });
  afterAll(async () => {
    await app.close();
    proxy.close();
  });

  const variables = (key: string) => {
    const { pathway, person } = buildSubmission();
    const need = { substances: ['OPIOIDS'], lastUse: 'WITHIN_30_DAYS', latitude: 39.33, longitude: -82.98 };
    return { key, input: { pathway, person: { ...person, givenName: `Given ${key.slice(0, 8)}` }, need } };
  };
  const effects = async (key: string): Promise<number> => {
    const rows = await app.owner('select 1 from person where given_name = $1', [`Given ${key.slice(0, 8)}`]);
    return rows.length;
  };

  it('gives a hundred identical requests at once, over two processes, one effect and one answer', async () => {
    const key = randomUUID();
    const other = await app.beside();
    const asks = [await app.as(officer), await app.as(officer, other)];
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => (asks[n % 2] as Ask)<{ submitReferral: object }>(submit, variables(key))),
    );
    await other.close();
    const said = new Set(answers.map(({ data, errors }) => JSON.stringify([data, errors])));
    expect([...said]).toEqual([expect.stringContaining('"__typename":"Referral"')]);
    expect(await effects(key)).toBe(1);
  });

  it('gives the same answer after the process was started anew', async () => {
    const key = randomUUID();
    const before = await app.beside();
    const first = await (await app.as(officer, before))(submit, variables(key));
    await before.close();
    const after = await app.beside();
    const again = await (await app.as(officer, after))(submit, variables(key));
    await after.close();
    expect([again.data, again.errors]).toEqual([first.data, []]);
    expect(await effects(key)).toBe(1);
  });

  it('tells a client whose COMMIT had no answer to ask again, and does then what was not done', async () => {
    const ask = await app.as(officer);
    for (let round = 0; round < 5; round++) {
      const key = randomUUID();
      proxy.set({ losesCommits: true });
      const lost = await ask(submit, variables(key));
      proxy.clear();
      expect(lost.errors.map(({ extensions }) => extensions['code'])).toEqual(['RETRY_LATER']);
      // Whether it came to be done is what nobody knows.
      expect(await effects(key)).toBeLessThanOrEqual(1);
      const again = await ask<{ submitReferral: { __typename: string } }>(submit, variables(key));
      expect(again.data?.submitReferral.__typename).toBe('Referral');
      expect((await ask(submit, variables(key))).data).toEqual(again.data);
      expect(await effects(key)).toBe(1);
    }
  });
});
