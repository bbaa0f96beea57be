import type { Pool } from 'pg';

/**
 * Row-level security holds only for a login that it binds. Throws with the remedy when the application signs in as a superuser,
 * as a role that bypasses policies, or as the owner of its tables.
 */
export const checkLogin = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ login: string; isUnbound: boolean }>(
    `select session_user as login, r.rolsuper or r.rolbypassrls
       or exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relowner = r.oid) as "isUnbound"
     from pg_roles r where r.rolname = session_user`,
  );
  if (rows[0]?.isUnbound === false) return;
  throw new Error(
    `DATABASE_URL signs in as ${rows[0]?.login ?? 'an unknown role'}, whom row-level security does not bind. Use a login of its own that is a member of handrail_app and handrail_worker; the migration step makes one (docs/operations.md).`,
  );
};
