import type { Client } from 'pg';
import { withClient } from './client';

/** The roles that own nothing and carry the rights; a login may become them and has no rights of its own. */
const groupRoles = ['handrail_app', 'handrail_worker'];

const run = async (client: Client, template: string, ...values: string[]): Promise<void> => {
  const slots = values.map((_, index) => `$${index + 2}::text`).join(', ');
  const formatted = await client.query<{ sql: string }>(`select format($1, ${slots}) as sql`, [template, ...values]);
  await client.query(formatted.rows[0]?.sql ?? '');
};

/**
 * Makes `name` a login with this password and a member of the application's roles. Run it after the migrations,
 * which create those roles. Safe to repeat, and when several starts do it at once.
 */
export const ensureLogin = (ownerUrl: string, name: string, password: string): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    await client.query('begin');
    // Roles are the whole server's: two transactions changing one at the same time fail instead of waiting.
    await client.query("select pg_advisory_xact_lock(hashtextextended('handrail.ensure-login', 0))");
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
    if (rowCount === 0) await run(client, 'create role %I login', name);
    await run(client, 'alter role %I login password %L', name, password);
    // Without inheriting: until a session says which role it works as, it has no right at all.
    for (const role of groupRoles) await run(client, 'grant %I to %I with inherit false, set true', role, name);
    await client.query('commit');
  });
