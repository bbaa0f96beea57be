import type { Client } from 'pg';
import { withClient } from './client';

export interface Login {
  readonly name: string;
  readonly password: string;
}

/** The logins of a process: the one that answers, and the one that carries out commands and jobs. */
export interface Logins {
  readonly app?: Login | undefined;
  readonly commands?: Login | undefined;
}

/** The roles that own nothing and carry the rights; a login may become them and has no rights of its own. */
const APP_ROLES = ['handrail_app'];
const COMMAND_ROLES = ['handrail_app', 'handrail_worker'];
const OUR_ROLES = [...COMMAND_ROLES, 'handrail_checker'];

const run = async (client: Client, template: string, ...values: string[]): Promise<void> => {
  const slots = values.map((_, index) => `$${index + 2}::text`).join(', ');
  const formatted = await client.query<{ sql: string }>(`select format($1, ${slots}) as sql`, [template, ...values]);
  await client.query(formatted.rows[0]?.sql ?? '');
};

const ensureLogin = async (client: Client, { name, password }: Login, roles: readonly string[]): Promise<void> => {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await run(client, 'create role %I login', name);
  await run(client, 'alter role %I login password %L', name, password);
  // Without inheriting: until a session says which role it works as, it has no right at all.
  for (const role of roles) await run(client, 'grant %I to %I with inherit false, set true', role, name);
  const { rows } = await client.query<{ role: string; grantor: string }>(
    `select r.rolname as role, g.rolname as grantor from pg_auth_members m join pg_roles l on l.oid = m.member
     join pg_roles r on r.oid = m.roleid join pg_roles g on g.oid = m.grantor
     where l.rolname = $1 and r.rolname = any($2) and r.rolname <> all($3)`,
    [name, OUR_ROLES, roles],
  );
  // What it was given before there were two logins.
  for (const { role, grantor } of rows) await run(client, 'revoke %I from %I granted by %I', role, name, grantor);
};

/**
 * Makes each a login with this password that may become its roles and no other of ours. Run it after the migrations, which create
 * those roles. Safe to repeat, and when several starts do it at once. In development one login may be both.
 */
export const ensureLogins = (ownerUrl: string, { app, commands }: Logins): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    await client.query('begin');
    // Roles are the whole server's: two transactions changing one at the same time fail instead of waiting.
    await client.query("select pg_advisory_xact_lock(hashtextextended('handrail.ensure-login', 0))");
    if (app && app.name !== commands?.name) await ensureLogin(client, app, APP_ROLES);
    if (commands) await ensureLogin(client, commands, COMMAND_ROLES);
    await client.query('commit');
  });
