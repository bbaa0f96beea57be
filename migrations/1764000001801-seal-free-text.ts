import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people write in their own words names people: courts and volunteers that a consent is for, and who told a medic. */
const SEALED = [
  ['consent', 'recipient_name'],
  ['break_glass', 'discloser'],
] as const;
const RECIPIENT =
  "((recipient_kind = 'TREATING_PROVIDERS') = (recipient_agency_id is null and recipient_name is null))";

export class SealFreeText1764000001801 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table unsealed_value no force row level security');
    for (const [table, column] of SEALED) {
      // Forced policies bind the owner too, and would hide every row from this copy. Checks over the column go with it.
      await runner.query(`
        alter table ${table} no force row level security;
        alter table ${table} add column ${column}_sealed bytea check (octet_length(${column}_sealed) >= 45);
        insert into unsealed_value select '${table}', '${column}', id, ${column} from ${table} where ${column} is not null;
        alter table ${table} drop column ${column};
        alter table ${table} force row level security;
      `);
    }
    await runner.query(`
      alter table unsealed_value force row level security;
      -- Keys rotate; nothing else of the documentation ever changes.
      grant update (discloser_sealed) on break_glass to handrail_worker;
      -- Not over what is on file: that is sealed when the next process starts.
      alter table consent add constraint consent_recipient
        check ${RECIPIENT.replace('recipient_name', 'recipient_name_sealed')} not valid;
      alter table break_glass add constraint break_glass_discloser check (discloser_sealed is not null) not valid;
    `);
  }

  /** Possible only as long as nothing is sealed: afterwards only the application, with its keys, knows the values. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table unsealed_value no force row level security;
      alter table consent drop constraint consent_recipient;
      alter table break_glass drop constraint break_glass_discloser;
    `);
    for (const [table, column] of SEALED) {
      await runner.query(`
        alter table ${table} no force row level security;
        do $$ begin
          if exists (select 1 from ${table} where ${column}_sealed is not null) then raise exception '${table}.${column} is sealed'; end if;
        end $$;
        alter table ${table} add column ${column} text check (length(${column}) between 1 and 200);
        update ${table} t set ${column} = u.value from unsealed_value u
          where u.table_name = '${table}' and u.column_name = '${column}' and u.row_id = t.id;
        delete from unsealed_value where table_name = '${table}' and column_name = '${column}';
        alter table ${table} drop column ${column}_sealed;
        alter table ${table} force row level security;
      `);
    }
    await runner.query(`
      alter table unsealed_value force row level security;
      alter table consent add check ${RECIPIENT};
      alter table break_glass alter column discloser set not null;
    `);
  }
}
