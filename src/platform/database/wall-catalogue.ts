import type { Client } from 'pg';
import { listOf, type Wall, type WallList } from '../audit/walls';
import { readInstalled } from '../config';
import { readStrangers, type ExpectedLogins } from './wall-members';

const OURS = `('public', 'app')`;
const ROLES = `('handrail_app', 'handrail_worker', 'handrail_checker')`;
/** What a session that has one of these set by its role or its database reads or does otherwise. */
const TELLING = `('search_path', 'role', 'row_security', 'session_replication_role', 'session_preload_libraries', 'local_preload_libraries')`;

/** Roles by name, but for the owner, whom each operator calls otherwise. */
const WHO = `who as (
  select 0::oid as oid, 'everybody' as name
  union all select r.oid, case when r.rolname in ${ROLES} then r.rolname when r.oid = n.nspowner then 'the owner' else r.rolname end
  from pg_roles r, pg_namespace n where n.nspname = 'app')`;
const nameOf = (role: string): string => `(select w.name from who w where w.oid = ${role})`;
/** Rights of others than the owner of the thing, who has all. */
const rights = (list: string, owner: string): string => `(
  select string_agg(${nameOf('a.grantee')} || ' ' || a.privilege_type || case when a.is_grantable then ' and gives it' else '' end, ', '
    order by ${nameOf('a.grantee')}, a.privilege_type) from aclexplode(${list}) a where a.grantee <> ${owner})`;
const isOfExtension = (catalogue: string, object: string): string =>
  `exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${object} and d.deptype = 'e')`;
const parts = (...values: string[]): string =>
  `array_to_string(array[${values.map((value) => `(${value})::text`).join(', ')}], E'\\n', '-')`;

const RELATIONS = `select 'relation' as kind, n.nspname || '.' || c.relname as name, ${parts(
  'c.relkind',
  'c.relpersistence',
  'c.relrowsecurity',
  'c.relforcerowsecurity',
  `case when c.relkind in ('v', 'm') then c.reloptions end`,
  nameOf('c.relowner'),
  rights(
    `coalesce(c.relacl, acldefault(case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner))`,
    'c.relowner',
  ),
  `select string_agg(t.attname || ': ' || t.held, '; ' order by t.attnum) from (
    select a.attname, a.attnum, ${rights('a.attacl', 'c.relowner')} as held from pg_attribute a
    where a.attrelid = c.oid and a.attacl is not null and not a.attisdropped) t`,
)} as definition
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not ${isOfExtension('pg_class', 'c.oid')}`;

const POLICIES = `select 'policy', p.polrelid::regclass || ' ' || p.polname, ${parts(
  'p.polpermissive',
  'p.polcmd',
  `select string_agg(${nameOf('r')}, ', ' order by ${nameOf('r')}) from unnest(p.polroles) r`,
  'pg_get_expr(p.polqual, p.polrelid)',
  'pg_get_expr(p.polwithcheck, p.polrelid)',
)} from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in ${OURS}`;

/** A trigger of a foreign key is PostgreSQL’s own and listed only where it is not as PostgreSQL makes it. */
const TRIGGERS = `select 'trigger', t.tgrelid::regclass || ' ' || coalesce(k.conname, t.tgname), ${parts(
  'case when t.tgisinternal then null else pg_get_triggerdef(t.oid) end',
  't.tgenabled',
)} from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.oid = t.tgconstraint and t.tgisinternal
  where n.nspname in ${OURS} and (not t.tgisinternal or t.tgenabled <> 'O')`;

const RULES = `select 'rule', r.ev_class::regclass || ' ' || r.rulename, ${parts('pg_get_ruledef(r.oid)', 'r.ev_enabled')}
  from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace where n.nspname in ${OURS}`;

const FUNCTIONS = `select 'function', p.oid::regprocedure::text, ${parts(
  'pg_get_function_arguments(p.oid)',
  'pg_get_function_result(p.oid)',
  'coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)',
  'l.lanname',
  'p.prosecdef',
  'p.proconfig',
  'p.provolatile',
  'p.proleakproof',
  'p.proisstrict',
  nameOf('p.proowner'),
  rights(`coalesce(p.proacl, acldefault('f', p.proowner))`, 'p.proowner'),
)} from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where (n.nspname in ${OURS} or n.nspname = 'pg_catalog' and p.oid >= 16384) and not ${isOfExtension('pg_proc', 'p.oid')}`;

/** Where a session that was given no path looks first. */
const NAMESAKES = `select 'schema', n.nspname, 'is named after a role' from pg_namespace n join pg_roles r on r.rolname = n.nspname
    where n.nspname not in ${OURS} and (r.rolname in ${ROLES} or r.oid = (select nspowner from pg_namespace where nspname = 'app')
      or exists (select from pg_auth_members m join pg_roles o on o.oid = m.roleid where m.member = r.oid and o.rolname in ${ROLES}))
  union all select 'relation', n.nspname || '.' || c.relname, 'has a name of ours' from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ${OURS} and n.nspname !~ '^pg_(temp|toast)' and c.relkind in ('r', 'p', 'v', 'm', 'f') and exists (
      select from pg_class o join pg_namespace u on u.oid = o.relnamespace
      where u.nspname in ${OURS} and o.relname = c.relname and o.relkind in ('r', 'p', 'v', 'm', 'f'))`;

const SCHEMAS = `select 'schema', n.nspname, coalesce(${rights('n.nspacl', 'n.nspowner')}, '-') from pg_namespace n where n.nspname in ${OURS}`;

const POWERS = `select 'role', r.rolname, ${parts(
  'r.rolsuper',
  'r.rolbypassrls',
  'r.rolcreaterole',
  'r.rolcreatedb',
  'r.rolreplication',
  'r.rolcanlogin',
  `select string_agg(m.roleid::regrole::text, ', ' order by m.roleid::regrole::text) from pg_auth_members m where m.member = r.oid`,
)} from pg_roles r where r.rolname in ${ROLES}`;

/** A setting that a session has before it says anything, for everybody here or for whoever may work as one of our roles. */
const SETTINGS = `select 'setting', coalesce(r.rolname, 'everybody') || ' ' || split_part(c.setting, '=', 1), c.setting
  from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) as c (setting)
  where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
    and (split_part(c.setting, '=', 1) in ${TELLING} or c.setting like 'app.%')
    and (s.setrole = 0 or r.rolname in ${ROLES} or not r.rolsuper and pg_has_role(r.oid, 'handrail_app', 'member'))`;

/** The same for the whole server. What our sessions say for themselves does not matter. */
const SERVER_SETTINGS = `select 'setting', 'the server ' || s.name, s.setting from pg_settings s where s.name in ${TELLING}
    and s.source in ('configuration file', 'command line', 'environment variable', 'global') and s.setting is distinct from s.boot_val
  union all select 'setting', 'the server ' || name, current_setting(name, true) from unnest(array['app.agency_id', 'app.clock_offset']) name
    where current_setting(name, true) <> '' and not exists (
      select from pg_db_role_setting s, unnest(s.setconfig) as c (setting) where split_part(c.setting, '=', 1) = name)`;

/** Casts and operators made here answer for PostgreSQL’s own; its own functions can be made anew in place. */
const SERVER = `select 'cast', c.castsource::regtype || ' to ' || c.casttarget::regtype, ${parts('c.castfunc::regprocedure', 'c.castcontext')}
    from pg_cast c where c.oid >= 16384 and not ${isOfExtension('pg_cast', 'c.oid')}
  union all select 'operator', o.oid::regoperator::text, o.oprcode::text from pg_operator o
    where o.oid >= 16384 and not ${isOfExtension('pg_operator', 'o.oid')}
  union all select 'server', 'functions of PostgreSQL', md5(string_agg(p.oid || ' ' || p.prolang || ' ' || p.prosrc ||
      coalesce(pg_get_function_sqlbody(p.oid), ''), E'\\n' order by p.oid))
    from pg_proc p where p.oid < 16384 and p.pronamespace = 'pg_catalog'::regnamespace`;

const WALLS = `with ${WHO} ${[RELATIONS, POLICIES, TRIGGERS, RULES, FUNCTIONS, SCHEMAS, NAMESAKES, POWERS, SETTINGS, SERVER_SETTINGS, SERVER].join('\nunion all ')}`;

/**
 * Every wall there is, as the session’s snapshot has it; told the logins, also who else may become our roles. Names are whole whatever the
 * session’s path was; it is the caller’s to set again.
 */
export const readWalls = async (client: Client, logins?: ExpectedLogins): Promise<WallList> => {
  await client.query('set search_path = pg_catalog');
  const { rows } = await client.query<Wall>(WALLS);
  const { rows: versions } = await client.query<{ major: number }>(
    `select current_setting('server_version_num')::integer / 10000 as major`,
  );
  return listOf(versions[0]?.major ?? 0, [...rows, ...(logins ? await readStrangers(client, logins) : [])]);
};

/** The file that `npm run walls` writes. */
export const WALLS_FILE = 'walls.json';

/** What the migrations of this program make. */
export const wallsOfThisProgram = (): WallList => readInstalled(WALLS_FILE) as WallList;
