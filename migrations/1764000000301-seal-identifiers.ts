import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What identifies people and is looked up exactly is stored sealed; keys stay outside the database. */
const SEALED = [
  ['person', 'phone'],
  ['account', 'email'],
] as const;

export class SealIdentifiers1764000000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Data keys, each closed with a key-encryption key (kek_id) that is kept elsewhere. FIELD keys seal values, INDEX keys
      -- make them findable. Written with from active_at on; retired once nothing on file stands under it.
      create table data_key (
        id uuid primary key default uuidv7(),
        purpose text not null check (purpose in ('FIELD','INDEX')),
        wrapped bytea not null check (octet_length(wrapped) between 32 and 8192),
        kek_id text not null check (length(kek_id) between 1 and 2048),
        created_at timestamptz not null default app.now(),
        active_at timestamptz not null,
        retired_at timestamptz,
        check (retired_at is null or retired_at >= active_at)
      );
      create index data_key_by_purpose on data_key (purpose, active_at);
      select app.protect('data_key', 'false', null);
      revoke all on data_key from handrail_app;
      revoke update on data_key from handrail_worker;
      grant update (wrapped, kek_id, retired_at) on data_key to handrail_worker;

      -- Plain values that a migration, which has no keys, moved aside. Every process seals them before it serves anything.
      create table unsealed_value (
        table_name text not null, column_name text not null, row_id uuid not null,
        value text not null,
        primary key (table_name, column_name, row_id)
      );
    `);
    for (const [table, column] of SEALED) {
      // Forced policies bind the owner too, and would hide every row from this copy.
      await runner.query(`
        alter table ${table} no force row level security;
        alter table ${table}
          add column ${column}_sealed bytea check (octet_length(${column}_sealed) >= 45),
          add column ${column}_index bytea check (octet_length(${column}_index) = 32);
        insert into unsealed_value select '${table}', '${column}', id, ${column} from ${table} where ${column} is not null;
        alter table ${table} drop column ${column};
        alter table ${table} force row level security;
        create index ${table}_by_${column} on ${table} (${column}_index) where ${column}_index is not null;
      `);
    }
    await runner.query(`
      select app.protect('unsealed_value', 'false', null);
      revoke all on unsealed_value from handrail_app;
      revoke insert, update on unsealed_value from handrail_worker;
      grant delete on unsealed_value to handrail_worker;
    `);
  }

  /** Possible only as long as nothing is sealed: afterwards only the application, with its keys, knows the values. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table unsealed_value no force row level security');
    for (const [table, column] of SEALED) {
      await runner.query(`
        alter table ${table} no force row level security;
        do $$ begin
          if exists (select 1 from ${table} where ${column}_sealed is not null) then raise exception '${table}.${column} is sealed'; end if;
        end $$;
        alter table ${table} add column ${column} text;
        update ${table} t set ${column} = u.value from unsealed_value u
          where u.table_name = '${table}' and u.column_name = '${column}' and u.row_id = t.id;
        alter table ${table} drop column ${column}_sealed, drop column ${column}_index;
        alter table ${table} force row level security;
      `);
    }
    await runner.query('drop table unsealed_value, data_key');
  }
}
