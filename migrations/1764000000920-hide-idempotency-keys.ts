import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The table kept the client’s key and an unkeyed hash of the body: whoever read it could try telephone numbers until one fitted.
 * Now the key stands as a hash, and the hash of the body under a code by the key. What is kept is rewritten, so repeats go on
 * being answered.
 */
export class HideIdempotencyKeys1764000000920 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- HMAC-SHA-256 (RFC 2104), for the rows that are there: PostgreSQL has none of its own.
      create function app.hmac_sha256(secret bytea, message bytea) returns bytea language plpgsql as $$
      declare
        block bytea := case when octet_length(secret) > 64 then sha256(secret) else secret end;
        inner_pad bytea := ''::bytea;
        outer_pad bytea := ''::bytea;
      begin
        block := block || decode(repeat('00', 64 - octet_length(block)), 'hex');
        for i in 0..63 loop
          inner_pad := inner_pad || decode(lpad(to_hex(get_byte(block, i) # 54), 2, '0'), 'hex');
          outer_pad := outer_pad || decode(lpad(to_hex(get_byte(block, i) # 92), 2, '0'), 'hex');
        end loop;
        return sha256(outer_pad || sha256(inner_pad || message));
      end $$;
      -- The owner is bound by policies that need an actor.
      alter table idempotency_key no force row level security;
      update idempotency_key set
        key = encode(sha256(convert_to(membership_id || ' ' || operation || ' ' || key, 'UTF8')), 'base64'),
        body_hash = encode(app.hmac_sha256(convert_to(key, 'UTF8'), decode(body_hash, 'base64')), 'base64');
      alter table idempotency_key force row level security;
      drop function app.hmac_sha256(bytea, bytea);

      alter table idempotency_key
        drop constraint idempotency_key_key_check,
        add constraint idempotency_key_hashed check (length(key) = 44 and length(body_hash) = 44);
      comment on column idempotency_key.key is 'SHA-256 over membership, operation and the client''s key, base64';
      comment on column idempotency_key.body_hash is 'HMAC-SHA-256 by the client''s key over SHA-256 of the body, base64';
    `);
  }

  /** A hash is not turned back: what is kept is forgotten, and a repeat runs anew. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      truncate idempotency_key;
      alter table idempotency_key
        drop constraint idempotency_key_hashed,
        add constraint idempotency_key_key_check check (length(key) between 8 and 200);
      comment on column idempotency_key.key is null;
      comment on column idempotency_key.body_hash is null;
    `);
  }
}
