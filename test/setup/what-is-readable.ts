import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import { Client } from 'pg';
import type { Actor } from '../../src/access';
import { annexOf } from '../../src/platform/database/annex';
import type { Ask, TestApp } from './app';
import { everythingOf } from './everything-readable';

/** One row, or one record of an answer, and where it was found. */
export interface Found {
  readonly at: string;
  readonly row: unknown;
}

const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));

/** A document for every root query that needs no argument: all its fields, as deep as the limits of documents let. */
const openQueries = (depth: number): { readonly name: string; readonly document: string }[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map(({ name, args, type }) => {
      const inner = getNamedType(type);
      const page = args.some((arg) => arg.name === 'first') ? '(first: 100)' : '';
      const isPage = inner.name.endsWith('Connection');
      const node = isPage ? inner.name.replace(/Connection$/, '') : inner.name;
      const fields = isObjectType(inner) ? everythingOf(node, depth) : '';
      const body = isPage ? `{ nodes { ${fields} } }` : fields && `{ ${fields} }`;
      return { name, document: `{ ${name}${page} ${body} }` };
    });

/** All that one asker is answered to every query that needs no argument, and to the documents given beside. */
export const answersTo = async (ask: Ask, beside: readonly string[] = []): Promise<Found[]> => {
  const found: Found[] = [];
  const documents = [...openQueries(2), ...beside.map((document) => ({ name: 'asked by id', document }))];
  for (const { name, document } of documents) {
    const { data } = await ask<Record<string, unknown>>(document);
    for (const value of Object.values(data ?? {})) {
      const nodes = (value as { nodes?: unknown[] } | null)?.nodes ?? [value];
      found.push(...nodes.filter((row) => row !== null).map((row) => ({ at: `API ${name}`, row })));
    }
  }
  return found;
};

const COLUMNS = `select c.oid::regclass::text as "table", array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p', 'v') and not a.attisdropped
    and has_schema_privilege('handrail_app', n.oid, 'usage')
    and (a.attnum > 0 or a.attname in ('xmin', 'ctid')) and has_column_privilege('handrail_app', c.oid, a.attnum, 'select')
  group by 1 order by 1`;

/** Every row that row-level security lets the application’s own login read as this member: of the agency, or in its annex. */
export const rowsFor = async (app: TestApp, { membershipId, agencyId }: Actor, isInAnnex = false): Promise<Found[]> => {
  const client = new Client({ connectionString: app.database.appUrl, options: '-c role=handrail_app' });
  await client.connect();
  try {
    const tables = await client.query<{ table: string; columns: string[] }>(COLUMNS);
    await client.query('begin');
    const [enter, values] = isInAnnex
      ? ['select app.enter_annex($1, $2, $3, $4)', [membershipId, agencyId, annexOf(agencyId), '']]
      : ['select app.enter($1, $2, $3)', [membershipId, agencyId, '']];
    await client.query(enter, values as unknown[]);
    const found: Found[] = [];
    for (const { table, columns } of tables.rows) {
      const list = columns.map((column) =>
        ['xmin', 'ctid'].includes(column) ? `t.${column}::text as "${column}"` : `t."${column}"`,
      );
      const { rows } = await client.query<Record<string, unknown>>(`select ${list.join(', ')} from ${table} t`);
      for (const row of rows) found.push({ at: `SQL ${table}`, row });
    }
    await client.query('rollback');
    return found;
  } finally {
    await client.end();
  }
};

/** Every row of every table, past every wall: for what an attack must be able to find if there were none. */
export const rowsForOwner = async (app: TestApp): Promise<Found[]> => {
  const tables = await app.owner<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  const found: Found[] = [];
  for (const { name } of tables) {
    const rows = await app.owner<object>(`select t.xmin::text as xmin, t.ctid::text as ctid, t.* from ${name} t`);
    for (const row of rows) found.push({ at: `SQL ${name}`, row });
  }
  return found;
};

/** The same, without where rows of these tables lie and in which order they were written. */
export const withoutPlaces = (view: readonly Found[], tables: string): Found[] =>
  view.map(({ at, row }) => ({
    at,
    row: at.startsWith(tables) ? { ...(row as object), xmin: null, ctid: null } : row,
  }));
