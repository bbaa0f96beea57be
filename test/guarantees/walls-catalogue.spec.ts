import { Client } from 'pg';
import { WALL_RULES } from '../catalogue/wall-rules';
import { createDatabase, type TestDatabase } from '../setup/database';

describe('the catalogue of the migrated database', () => {
  let database: TestDatabase;
  let owner: Client;
  beforeAll(async () => {
    database = await createDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const found = async (text: string): Promise<string[]> =>
    (await owner.query<{ what: string }>(text)).rows.map(({ what }) => what).sort();

  describe.each(WALL_RULES)('knows $name', ({ finds, reviewed = {}, breach }) => {
    it('nowhere but where it was reviewed', async () => {
      expect(await found(finds)).toEqual(Object.keys(reviewed).sort());
    });

    it('and would find it', async () => {
      await owner.query('begin');
      try {
        await owner.query(breach);
        const known = Object.keys(reviewed);
        expect((await found(finds)).filter((what) => !known.includes(what))).not.toEqual([]);
      } finally {
        await owner.query('rollback');
      }
    });
  });
});
