import type { Client } from 'pg';
import type { Wall } from '../audit/walls';

/** The logins of the two addresses, by the names that they have here. */
export interface ExpectedLogins {
  readonly app: string;
  readonly commands: string;
}

/**
 * Who may become one of our roles, may hand one on or has its rights, by whatever way; and what the two logins may become. The owner, whom every
 * rule leaves out, gives rights and so has them. What keeps its members from here (no right to connect) keeps them from being named.
 */
const REACH = `allowed (login, role) as (values ($1::text, 'handrail_app'), ($2::text, 'handrail_app'), ($2::text, 'handrail_worker')),
  owner as (select nspowner as oid from pg_namespace where nspname = 'app'),
  reach (member, role, is_loose) as (
    select m.member, m.roleid, m.admin_option or m.inherit_option from pg_auth_members m
      join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member
      where r.rolname in ('handrail_app', 'handrail_worker', 'handrail_checker') or l.rolname in ($1, $2)
    union select m.member, h.role, false from pg_auth_members m join reach h on h.member = m.roleid
      where (m.set_option or m.inherit_option) and h.member not in (select oid from owner)),
  people as (select r.* from pg_roles r where r.oid not in (select oid from owner) and (r.rolname in ($1, $2)
    or r.oid in (select member from reach) and has_database_privilege(r.oid, current_database(), 'connect')))`;

const MEMBERS = `select 'member' as kind, l.rolname || ' of ' || r.rolname as name, '' as definition
  from reach h join people l on l.oid = h.member join pg_roles r on r.oid = h.role
  where h.is_loose or (l.rolname, r.rolname) not in (select login, role from allowed)`;

const POWERS = `select 'power', l.rolname || ' ' || p.power, '' from people l, lateral (values ('superuser', l.rolsuper),
    ('bypassrls', l.rolbypassrls), ('createrole', l.rolcreaterole), ('createdb', l.rolcreatedb), ('replication', l.rolreplication)
  ) p (power, has) where p.has`;

/** Every way to our roles, and every power over the walls, that no migration step gives: nothing where all is well. */
export const readStrangers = async (client: Client, { app, commands }: ExpectedLogins): Promise<Wall[]> => {
  const { rows } = await client.query<Wall>(`with recursive ${REACH} ${MEMBERS} union ${POWERS}`, [app, commands]);
  return rows;
};
