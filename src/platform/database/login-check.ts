import { Client, type Pool } from 'pg';
import { SettingsError } from '../config';
import { withOurPath } from './session-path';

const GROUPS = `(values ('handrail_app'), ('handrail_worker'))`;

/** The logins a process signs in with, and what each may become. */
const LOGINS = {
  DATABASE_URL: ['handrail_app'],
  COMMAND_DATABASE_URL: ['handrail_app', 'handrail_worker'],
} as const;
type LoginVariable = keyof typeof LOGINS;
type Asked = Pick<Pool, 'query'>;

/** An address of another login, which fails at the first statement that needs the role. A superuser may become anything. */
const SHORT_OF = `select session_user as login, array(select name from unnest($1::text[]) name where not exists (
  select from pg_roles r where r.rolname = name and pg_has_role(session_user, r.oid, 'member')) order by name) as missing`;
/** Who may change what the migrations made, or make it in a database of its own. */
const OWNS = `select session_user as login, coalesce((select pg_has_role(session_user, n.nspowner, 'usage') from pg_namespace n where n.nspname = 'app'),
  has_database_privilege(session_user, current_database(), 'create')) as owns`;
/** A role whose rights the login has without asking; becoming the two group roles takes a SET ROLE. */
const HAS = `(r.oid = l.oid or pg_has_role(l.oid, r.oid, 'usage'))`;

/** What no wall holds, each with the reason that is shown. Asked of the login and of every role it inherits from or may become. */
const PROBLEMS = `
  select 'is a superuser, whom row-level security does not bind' as problem from reachable r where r.rolsuper
  union all select 'bypasses row-level security' from reachable r where r.rolbypassrls
  union all select 'may make roles (CREATEROLE)' from reachable r where r.rolcreaterole
  union all select 'may make databases (CREATEDB)' from reachable r where r.rolcreatedb
  union all select 'may replicate, and so read every row' from reachable r where r.rolreplication
  union all select 'owns tables, functions or schemas, whose policies it can drop' from reachable r where
    exists (select 1 from pg_class c where c.relowner = r.oid)
    or exists (select 1 from pg_proc p where p.proowner = r.oid)
    or exists (select 1 from pg_namespace n where n.nspowner = r.oid)
    or exists (select 1 from pg_database d where d.datname = current_database() and d.datdba = r.oid)
  union all select 'is a member of ' || r.rolname from reachable r, login l
    where r.oid <> l.oid and r.rolname <> all ($1::text[])
  union all select 'may create in schema ' || n.nspname from pg_namespace n, login l
    where not l.rolsuper and n.nspname in ('public', 'app', 'pgboss') and has_schema_privilege(l.oid, n.oid, 'create')
  union all select 'has the rights of ' || g.name || ' without asking for them (grant it with inherit false)'
    from ${GROUPS} as g (name), pg_roles r, login l where r.rolname = g.name and not l.rolsuper and ${HAS}
  union all select 'may give ' || r.rolname || ' to others' from pg_auth_members m join login l on l.oid = m.member
    join pg_roles r on r.oid = m.roleid where m.admin_option and not l.rolsuper`;

/**
 * Row-level security holds only for a login that it binds. Throws with what is wrong and the remedy when the address of this
 * variable signs in with more than the right to become the roles it is for.
 */
export const checkLogin = async (pool: Asked, variable: LoginVariable): Promise<void> => {
  const { rows } = await pool.query<{ login: string; problems: string[] }>(
    `with login as (select * from pg_roles where rolname = session_user),
       reachable as (select r.* from pg_roles r, login l where r.oid = l.oid or not l.rolsuper and pg_has_role(l.oid, r.oid, 'member'))
     select session_user as login, array(select distinct problem from (${PROBLEMS}) found order by problem) as problems`,
    [LOGINS[variable]],
  );
  const { login, problems } = rows[0] ?? { login: 'an unknown role', problems: ['is not there'] };
  if (problems.length === 0) return;
  throw refusal(variable, `it signs in as ${login}, who ${problems.join('; ')}.`);
};

/** Throws where the login of this address may not become the roles it is for: two addresses were swapped, or the migration step has not run. */
const checkReach = async (asked: Asked, variable: LoginVariable): Promise<void> => {
  const { rows } = await asked.query<{ login: string; missing: string[] }>(SHORT_OF, [LOGINS[variable]]);
  const { login = '', missing = [] } = rows[0] ?? {};
  if (missing.length > 0) {
    throw refusal(variable, `it signs in as ${login}, who may not become ${missing.join(' or ')}.`);
  }
};

const refusal = (variable: LoginVariable, message: string): SettingsError => {
  const roles = LOGINS[variable].join(' and ');
  const remedy = `Use a login of its own that may become ${roles} and nothing else; the migration step makes one (docs/operations.md).`;
  return new SettingsError([{ variable, message, remedy }]);
};

/** What an address leads to, asked on a connection of its own. What keeps it from being asked names the setting, too. */
const ask = async (url: string, variable: string, check: (asked: Asked) => Promise<void>): Promise<void> => {
  const client = new Client({ connectionString: withOurPath(url), connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await check(client);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const message = `the database cannot be asked (${error instanceof Error ? error.message : String(error)}).`;
    throw new SettingsError([{ variable, message, remedy: 'Correct the address, or start the database.' }]);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Before anything else is asked of the database: each address belongs to the login it is for. In production, to no mightier one. */
export const checkAddresses = async (
  urls: Readonly<Record<LoginVariable, string>>,
  isProduction: boolean,
): Promise<void> => {
  for (const variable of ['DATABASE_URL', 'COMMAND_DATABASE_URL'] as const) {
    await ask(urls[variable], variable, async (asked) => {
      if (isProduction) await checkLogin(asked, variable);
      await checkReach(asked, variable);
    });
  }
};

/** The migration step changes the schema: only its owner can. */
export const checkOwner = (url: string): Promise<void> =>
  ask(url, 'MIGRATION_DATABASE_URL', async (asked) => {
    const { rows } = await asked.query<{ login: string; owns: boolean }>(OWNS);
    if (rows[0]?.owns === true) return;
    const message = `it signs in as ${rows[0]?.login ?? 'an unknown role'}, who does not own the schema.`;
    const remedy =
      'Use the login that owns it, or on a new database one that may create in it; where it is not set, DATABASE_URL stands in for it.';
    throw new SettingsError([{ variable: 'MIGRATION_DATABASE_URL', message, remedy }]);
  });
