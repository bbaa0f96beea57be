import * as reviewed from './reviewed';

/** A question to the catalogue whose every answer breaks the rule, but for those that were reviewed. */
export interface WallRule {
  readonly name: string;
  /** One column, `what`. */
  readonly finds: string;
  /** What was looked at and let stand, each with the reason. An entry that is found no more must go. */
  readonly reviewed?: Readonly<Record<string, string>>;
  /** Breaks the rule; run in a transaction that is rolled back. */
  readonly breach: string;
}

const OURS = `('public', 'app')`;
const ALL = `('public', 'app', 'pgboss')`;
const ROLES = `('handrail_app', 'handrail_worker', 'handrail_checker')`;
const table = `select n.nspname || '.' || c.relname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const signature = `p.oid::regprocedure::text as what from pg_proc p join pg_namespace n on n.oid = p.pronamespace`;
const me = `'( SELECT app.agency() AS agency)'`;
const plain = (column: string) => `replace(regexp_replace(${column}, '\\s+', ' ', 'g'), ${me}, 'ME')`;
/** Equality with the caller’s agency, or one look-up in a table of parties. */
const SIMPLE = [
  'false',
  '\\(\\w+ = ME\\)',
  'app\\.(takes_part|sends)\\(\\w+\\)',
  '\\(EXISTS \\( SELECT 1 FROM (person_party|referral_party|membership) \\w+ WHERE \\(\\(\\w+\\.\\w+ = \\w+\\.\\w+\\) AND \\(\\w+\\.agency_id = ME\\)\\)\\)\\)',
].join('|');
const OPEN_TO_ALL = '(ME IS NOT NULL)';
/** Tables whose rows every agency may know: that one exists tells nothing. */
const DIRECTORY = `('${Object.keys(reviewed.OPEN_DIRECTORIES)
  .map((name) => name.replace('public.', ''))
  .join("', '")}')`;

const tables: WallRule[] = [
  {
    name: 'a table without forced row-level security',
    finds: `${table} where n.nspname in ${OURS} and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
    reviewed: reviewed.OPEN_TABLES,
    breach: 'alter table hold no force row level security',
  },
  {
    name: 'a protected table without a policy for the application and one for the worker',
    finds: `select n.nspname || '.' || c.relname || ' ' || r.rolname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace,
      pg_roles r where n.nspname in ${OURS} and c.relrowsecurity and r.rolname in ('handrail_app', 'handrail_worker') and not exists (
        select from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*') and p.polroles = array[r.oid])`,
    breach: 'drop policy reads on hold',
  },
  {
    name: 'a policy for anybody else, or one for the checker that writes',
    finds: `select tablename || '.' || policyname as what from pg_policies where schemaname in ${ALL} and (
      array_length(roles, 1) <> 1 or roles[1] not in ${ROLES} or roles[1] = 'handrail_checker' and cmd <> 'SELECT')`,
    breach: 'create policy everybody on hold for select using (true)',
  },
  {
    name: 'a policy that is more than an equality or one look-up among parties',
    finds: `select tablename || '.' || policyname || ': ' || expression as what from (
        select tablename, policyname, ${plain('qual')} as expression from pg_policies where 'handrail_app' = any(roles) and qual is not null
        union select tablename, policyname, ${plain('with_check')} from pg_policies where 'handrail_app' = any(roles) and with_check is not null) p
      where expression !~ '^(${SIMPLE})$' and expression <> '${OPEN_TO_ALL}'`,
    reviewed: reviewed.LONGER_POLICIES,
    breach: `create policy deep on hold for select to handrail_app using (exists (select 1 from referral r
      join episode e on e.id = r.episode_id join person_party pp on pp.person_id = e.person_id where r.id = hold.referral_id))`,
  },
  {
    name: 'a table that every agency reads',
    finds: `select schemaname || '.' || tablename as what from pg_policies
      where 'handrail_app' = any(roles) and ${plain('qual')} in ('${OPEN_TO_ALL}', 'true')`,
    reviewed: reviewed.OPEN_DIRECTORIES,
    breach: `create policy everybody on hold for select to handrail_app using ((select app.agency()) is not null)`,
  },
  {
    name: 'a view that shows what its owner sees',
    finds: `${table} where n.nspname in ${ALL} and c.relkind = 'v' and not coalesce(c.reloptions::text ~ 'security_invoker=(true|on)', false)`,
    breach: 'create view everything as select * from person',
  },
  {
    name: 'a materialised view or a foreign table, which no policy covers',
    finds: `${table} where n.nspname in ${ALL} and c.relkind in ('m', 'f')`,
    breach: 'create materialized view everything as select * from person',
  },
  {
    name: 'a table that a crash empties',
    finds: `${table} where n.nspname in ${ALL} and c.relkind in ('r', 'p', 'm') and c.relpersistence <> 'p'`,
    breach: 'create unlogged table public.quick (id uuid)',
  },
  {
    name: 'a trigger that is switched off',
    finds: `select t.tgrelid::regclass || '.' || t.tgname as what from pg_trigger t where t.tgenabled in ('D', 'R')`,
    breach: 'alter table disclosure disable trigger append_only',
  },
  {
    name: 'a foreign key that the application may try against rows it cannot see',
    finds: `select f.conrelid::regclass || ' -> ' || f.confrelid::regclass as what from pg_constraint f where f.contype = 'f'
      and f.confrelid::regclass::text not in ${DIRECTORY} and f.connamespace = 'public'::regnamespace
      and exists (select from pg_policies p where p.tablename = f.conrelid::regclass::text and 'handrail_app' = any(p.roles) and p.cmd = 'INSERT')`,
    reviewed: reviewed.FOREIGN_KEYS,
    breach: 'alter table audit_entry add foreign key (subject_id) references person not valid',
  },
  {
    name: 'a unique key that tells what another agency has',
    finds: `select i.indrelid::regclass || '.' || i.indexrelid::regclass as what from pg_index i join pg_class c on c.oid = i.indrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relname not in ${DIRECTORY}
        and not (i.indnkeyatts = 1 and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'id'))
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = any(i.indkey) and a.attname = 'agency_id')
        and exists (select from pg_policies p where p.tablename = c.relname and 'handrail_app' = any(p.roles) and p.cmd in ('INSERT', 'UPDATE', 'ALL'))`,
    reviewed: reviewed.UNIQUE_KEYS,
    breach: 'create unique index one_phone on person (phone_index)',
  },
];

const functions: WallRule[] = [
  {
    name: 'a function that looks past the walls and is not the checker’s',
    finds: `select ${signature} where n.nspname in ${ALL} and p.prosecdef and pg_get_userbyid(p.proowner) <> 'handrail_checker'`,
    breach:
      'create function app.peek() returns bigint language sql security definer return (select count(*) from person)',
  },
  {
    name: 'a function that looks past the walls and that anybody may call',
    finds: `select ${signature} where n.nspname in ${ALL} and p.prosecdef and has_function_privilege('public', p.oid, 'execute')`,
    breach: 'grant execute on function app.active_consents(uuid, uuid) to public',
  },
  {
    name: 'a function that finds tables by its caller’s search path',
    finds: `select ${signature} where n.nspname in ${OURS} and p.prosqlbody is null
      and not coalesce(p.proconfig::text ~ 'search_path=pg_catalog, public, pg_temp', false)`,
    reviewed: reviewed.WITHOUT_FIXED_PATH,
    breach: 'alter function app.enter(uuid, uuid, text) reset search_path',
  },
  {
    name: 'a function that the application may call and nobody listed',
    finds: `select ${signature} where n.nspname in ${ALL} and has_function_privilege('handrail_app', p.oid, 'execute')`,
    reviewed: reviewed.CALLABLE,
    breach: 'create function app.peek() returns integer language sql return 1',
  },
];

const rights: WallRule[] = [
  {
    name: 'a right that everybody has',
    finds: `select n.nspname || '.' || c.relname || ' ' || a.privilege_type as what from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        aclexplode(c.relacl) a where n.nspname in ${ALL} and a.grantee = 0
      union all select n.nspname || ' ' || a.privilege_type from pg_namespace n, aclexplode(n.nspacl) a
        where n.nspname in ${ALL} and a.grantee = 0 and (n.nspname, a.privilege_type) <> ('public', 'USAGE')
      union all select 'database ' || a.privilege_type from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        where d.datname = current_database() and a.grantee = 0 and a.privilege_type <> 'CONNECT'`,
    breach: 'grant select on agency to public',
  },
  {
    name: 'a right on a table beyond reading, adding and changing',
    finds: `select r.rolname || ' ' || lower(a.privilege_type) || ' ' || c.oid::regclass as what from pg_class c
        join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
      where n.nspname in ${ALL} and c.relkind in ('r', 'p', 'v') and r.rolname in ${ROLES} and not (not a.is_grantable
        and r.rolname = 'handrail_worker' and n.nspname = 'pgboss' and a.privilege_type = 'DELETE' or not a.is_grantable and r.rolname <> 'handrail_checker'
        and (n.nspname <> 'pgboss' or r.rolname = 'handrail_worker') and a.privilege_type in ('SELECT', 'INSERT', 'UPDATE'))`,
    reviewed: reviewed.TABLE_RIGHTS,
    breach: 'grant truncate on hold to handrail_app',
  },
  {
    name: 'the right to change what was written for good',
    finds: `select grantee || ' ' || lower(privilege_type) || ' ' || table_name as what from information_schema.column_privileges
      where grantee in ${ROLES} and privilege_type in ('UPDATE', 'DELETE') and table_name in (${reviewed.WRITTEN_FOR_GOOD.map((name) => `'${name}'`).join()})`,
    breach: 'grant update (at) on disclosure to handrail_worker',
  },
  {
    name: 'a way round the triggers that keep what was written for good',
    finds: `select t.tgrelid::regclass || ' ' || t.tgname || ' is not always' as what from pg_trigger t
        where t.tgfoid = 'app.refuse_change()'::regprocedure and t.tgenabled <> 'A'
      union all select name from unnest(array[${reviewed.WRITTEN_FOR_GOOD.map((name) => `'${name}'`).join()}]) name
        where (select count(*) from pg_trigger t where t.tgrelid = name::regclass and t.tgfoid = 'app.refuse_change()'::regprocedure) <> 2`,
    reviewed: reviewed.WITHOUT_TRIGGERS,
    breach: 'alter table disclosure enable trigger append_only',
  },
  {
    name: 'a right on one column that nobody listed',
    finds: `select r.rolname || ' ' || lower(x.privilege_type) || ' ' || c.oid::regclass || '(' || string_agg(a.attname, ', ' order by a.attname) || ')' as what
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace,
        aclexplode(a.attacl) x join pg_roles r on r.oid = x.grantee where n.nspname in ${ALL} and r.rolname in ${ROLES}
      group by r.rolname, x.privilege_type, c.oid`,
    reviewed: reviewed.COLUMN_RIGHTS,
    breach: 'grant select (phone_sealed) on person to handrail_checker',
  },
  {
    name: 'a right on a sequence beyond taking the next number',
    finds: `select r.rolname || ' ' || lower(a.privilege_type) || ' ' || c.oid::regclass as what from pg_class c
        join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
      where n.nspname in ${ALL} and c.relkind = 'S' and r.rolname in ${ROLES} and a.privilege_type <> 'USAGE'`,
    breach: 'grant update on sequence outbox_feed to handrail_app',
  },
  {
    name: 'a right that new objects will have by themselves',
    finds: `select coalesce(r.rolname, 'everybody') || ' ' || lower(a.privilege_type) || ' ' || d.defaclobjtype::text as what
      from pg_default_acl d, aclexplode(d.defaclacl) a left join pg_roles r on r.oid = a.grantee where a.grantee <> d.defaclrole`,
    reviewed: reviewed.DEFAULT_RIGHTS,
    breach: 'alter default privileges in schema public grant delete on tables to handrail_app',
  },
  {
    name: 'the right to create anything',
    finds: `select r.rolname || ' in ' || n.nspname as what from pg_roles r, pg_namespace n where r.rolname in ${ROLES}
        and n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(r.oid, n.oid, 'create')
      union all select r.rolname || ' in the database' from pg_roles r where r.rolname in ${ROLES}
        and (has_database_privilege(r.oid, current_database(), 'create') or has_database_privilege(r.oid, current_database(), 'temporary'))`,
    breach: 'grant create on schema public to handrail_app',
  },
  {
    name: 'something that a role owns, but for the checker’s functions',
    finds: `select r.rolname || ' ' || pg_describe_object(d.classid, d.objid, d.objsubid) as what from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where d.deptype = 'o' and d.dbid in (0, (select oid from pg_database where datname = current_database())) and r.rolname in ${ROLES}
        and not (r.rolname = 'handrail_checker' and d.classid = 'pg_proc'::regclass)`,
    breach: 'create table public.mine (); alter table public.mine owner to handrail_app',
  },
  {
    name: 'a power or a membership of a role',
    finds: `select rolname || ' has a power' as what from pg_roles where rolname in ${ROLES}
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin)
      union all select m.member::regrole || ' is a ' || m.roleid::regrole from pg_auth_members m where m.member::regrole::text in ${ROLES}`,
    breach: 'grant handrail_worker to handrail_app',
  },
  {
    name: 'an extension that nobody reviewed',
    finds: 'select extname as what from pg_extension',
    reviewed: reviewed.EXTENSIONS,
    breach: 'create extension pgcrypto',
  },
];

export const WALL_RULES: readonly WallRule[] = [...tables, ...functions, ...rights];
