import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The trail says what kind of decision it was, which rows belong to one decision, and carries a code by a key that the database
 * does not have. Rows from before have no code: their `key_id` is empty, and the first block seals them as they are.
 */
export class SignAuditEntries1764000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table audit_entry
        add column decision_id uuid not null default uuidv7(),
        add column kind text not null default 'COMMAND' check (kind in ('COMMAND', 'REFUSAL', 'READ')),
        add column refusal text check (length(refusal) between 1 and 60),
        add column purpose text check (length(purpose) between 1 and 60),
        add column key_id text not null default '',
        add column mac bytea not null default '',
        -- The order within a transaction, and the transaction: a block holds whole transactions that nobody can join any more.
        add column position bigint generated always as identity,
        add column xid xid8 not null default pg_current_xact_id(),
        alter column subject_type drop not null,
        alter column subject_id drop not null,
        add constraint audit_entry_refusal check ((kind = 'REFUSAL') = (refusal is not null));
      alter table audit_entry
        alter column decision_id drop default,
        alter column kind drop default,
        alter column key_id drop default,
        alter column mac drop default,
        add constraint audit_entry_signed check (octet_length(mac) = 32) not valid;
      create index audit_entry_by_transaction on audit_entry (xid, position);

      -- Which transaction wrote a row is the database's to say.
      revoke insert on audit_entry from handrail_app, handrail_worker;
      grant insert (id, at, agency_id, actor_kind, actor_id, role, action, subject_type, subject_id, details, request_id,
        decision_id, kind, refusal, purpose, key_id, mac) on audit_entry to handrail_app, handrail_worker;

      -- Not even a session that plays replica passes by them.
      alter table audit_entry enable always trigger append_only;
      alter table audit_entry enable always trigger keep_all;

      -- Transactions [xid_from, xid_to) under one Merkle root; each block names the one before. Never changed.
      create table audit_block (
        number bigint primary key check (number > 0),
        xid_from xid8 not null,
        xid_to xid8 not null check (xid_to > xid_from),
        count integer not null check (count > 0),
        first_id uuid not null,
        last_id uuid not null,
        -- Id and leaf hash of every entry, 48 bytes each: names the one that was changed, and serves proofs.
        leaves bytea not null,
        root bytea not null check (octet_length(root) = 32),
        previous_hash bytea not null check (octet_length(previous_hash) = 32),
        hash bytea not null unique check (octet_length(hash) = 32),
        sealed_at timestamptz not null,
        key_id text not null,
        mac bytea not null check (octet_length(mac) = 32),
        check (octet_length(leaves) = count * 48)
      );
      create unique index audit_block_from on audit_block (xid_from);
      revoke all on audit_block from handrail_app;
      grant select on audit_block to handrail_app;
      revoke update on audit_block from handrail_worker;
      create trigger append_only before update or delete on audit_block for each row execute function app.refuse_change();
      create trigger keep_all before truncate on audit_block for each statement execute function app.refuse_change();
      alter table audit_block enable always trigger append_only;
      alter table audit_block enable always trigger keep_all;
      select app.protect('audit_block', 'false', null);

      -- The block of one entry of the caller's agency; of the other entries nothing but their hashes. No row while it waits.
      create function app.audit_block_of(entry uuid) returns table (number bigint, place integer, leaves bytea, root bytea,
          previous_hash bytea, hash bytea, sealed_at timestamptz, leaf_position bigint, leaf_xid xid8)
        language sql stable security definer set search_path = pg_catalog, public as $$
        select b.number, o.place, o.hashes, b.root, b.previous_hash, b.hash, b.sealed_at, e.position, e.xid
        from audit_entry e
        join lateral (select * from audit_block where xid_from <= e.xid order by xid_from desc limit 1) b on e.xid < b.xid_to
        cross join lateral (
          select string_agg(substring(b.leaves from 48 * n + 17 for 32), ''::bytea order by n) as hashes,
            min(n) filter (where substring(b.leaves from 48 * n + 1 for 16) = uuid_send(e.id)) as place
          from generate_series(0, b.count - 1) as n) o
        where e.id = entry and e.agency_id = app.agency() and o.place is not null $$;
      revoke all on function app.audit_block_of(uuid) from public;
      grant execute on function app.audit_block_of(uuid) to handrail_app, handrail_worker;

      -- A dump restored into a new server starts counting transactions anew, below those that are sealed. Run by the
      -- migration step; does nothing on any other day.
      create procedure app.pass_sealed_transactions() language plpgsql as $$
      declare sealed xid8 := greatest(
        (select xid_to from public.audit_block order by number desc limit 1),
        (select xid from public.audit_entry order by xid desc limit 1));
      begin
        while pg_snapshot_xmax(pg_current_snapshot()) <= sealed loop
          perform pg_current_xact_id();
          commit;
        end loop;
      end $$;
      revoke all on procedure app.pass_sealed_transactions() from public;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop procedure app.pass_sealed_transactions();
      drop function app.audit_block_of(uuid);
      drop table audit_block;
      alter table audit_entry drop column decision_id, drop column kind, drop column refusal, drop column purpose,
        drop column key_id, drop column mac, drop column position, drop column xid`);
  }
}
