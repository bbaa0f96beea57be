import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSING = `select t.tgrelid::regclass as relation, t.tgname as name from pg_trigger t
  where t.tgfoid = 'app.refuse_change()'::regprocedure and not t.tgisinternal`;

/**
 * What is written for good is so for a session that plays replica as well: it passes by every trigger that is not ALWAYS. The
 * revocation of a consent gets its triggers too.
 */
export class HoldAppendOnly1764000060500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create trigger append_only before update or delete on consent_revocation for each row execute function app.refuse_change();
      create trigger keep_all before truncate on consent_revocation for each statement execute function app.refuse_change();
      do $$ declare refusing record; begin
        for refusing in ${REFUSING} loop
          execute format('alter table %s enable always trigger %I', refusing.relation, refusing.name);
        end loop;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ declare refusing record; begin
        for refusing in ${REFUSING} and t.tgrelid not in ('audit_entry'::regclass, 'audit_block'::regclass) loop
          execute format('alter table %s enable trigger %I', refusing.relation, refusing.name);
        end loop;
      end $$;
      drop trigger append_only on consent_revocation;
      drop trigger keep_all on consent_revocation`);
  }
}
