import 'reflect-metadata';
import { getMetadataArgsStorage } from 'typeorm';
import { columnNames } from '../../src/platform/database/columns';
import { withClient } from '../../src/platform/database/embedded/client';
import { FEATURES } from '../../src/app.module';
import { createDatabase, type TestDatabase } from '../setup/database';

/** Kept by libraries, with no row of anybody’s in them. */
const OF_LIBRARIES = ['migrations'];
/** Written and read by a statement or two that name their columns themselves; no row of theirs travels further. */
const WITHOUT_ENTITY = [
  'audit_block',
  'audit_entry',
  'data_key',
  'disclosure',
  'idempotency_key',
  'outbox_event',
  'pool_match',
  'spike_cause',
  'unsealed_value',
];

describe('the migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  const ask = <Row>(text: string): Promise<Row[]> =>
    withClient(database.ownerUrl, async (client) => (await client.query(text)).rows as Row[]);
  const tables = async (): Promise<string[]> =>
    (
      await ask<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r','p') order by 1",
      )
    )
      .map(({ name }) => name)
      .filter((name) => !OF_LIBRARIES.includes(name));

  it('is what the entities say: every table an entity, every column a property, nullable alike', async () => {
    expect(FEATURES.length).toBeGreaterThan(0); // importing the features is what registers their entities
    const storage = getMetadataArgsStorage();
    const entities = new Map(
      storage.tables.map(({ name, target }) => [name ?? '', target as abstract new () => object]),
    );
    const columns = await ask<{ table: string; column: string; isNullable: boolean }>(
      `select table_name as "table", column_name as "column", is_nullable = 'YES' as "isNullable" from information_schema.columns where table_schema = 'public'`,
    );
    const differences: string[] = [];
    for (const table of await tables()) {
      const entity = entities.get(table);
      if (!entity) {
        if (!WITHOUT_ENTITY.includes(table)) differences.push(`${table} has no entity`);
        continue;
      }
      const properties = columnNames(entity);
      const declared = new Map(
        storage.columns
          .filter(({ target }) => target === entity)
          .map((one) => [properties.get(one.propertyName), one.options.nullable === true]),
      );
      for (const { column, isNullable } of columns.filter((one) => one.table === table)) {
        if (!declared.has(column)) differences.push(`${table}.${column} is no property`);
        else if (declared.get(column) !== isNullable) {
          differences.push(`${table}.${column} is ${isNullable ? '' : 'not '}nullable in the database`);
        }
        declared.delete(column);
      }
      differences.push(...[...declared.keys()].map((column) => `${table}.${column ?? ''} is no column`));
    }
    expect(differences).toEqual([]);
  });
});
