import type { Pool } from 'pg';

const GROUPS = `(values ('handrail_app'), ('handrail_worker'))`;

/** The logins a process signs in with, and what each may become. */
const LOGINS = {
  DATABASE_URL: ['handrail_app'],
  COMMAND_DATABASE_URL: ['handrail_app', 'handrail_worker'],
} as const;
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
export const checkLogin = async (pool: Pool, variable: keyof typeof LOGINS): Promise<void> => {
  const { rows } = await pool.query<{ login: string; problems: string[] }>(
    `with login as (select * from pg_roles where rolname = session_user),
       reachable as (select r.* from pg_roles r, login l where r.oid = l.oid or not l.rolsuper and pg_has_role(l.oid, r.oid, 'member'))
     select session_user as login, array(select distinct problem from (${PROBLEMS}) found order by problem) as problems`,
    [LOGINS[variable]],
  );
  const { login, problems } = rows[0] ?? { login: 'an unknown role', problems: ['is not there'] };
  if (problems.length === 0) return;
  throw new Error(
    `${variable} signs in as ${login}, who ${problems.join('; ')}. Use a login of its own that may become ${LOGINS[variable].join(' and ')} and nothing else; the migration step makes one (docs/operations.md).`,
  );
};
