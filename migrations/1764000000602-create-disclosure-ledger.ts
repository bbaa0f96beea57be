import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was told of a person to another agency, to whom, why, and on whose word (42 CFR 2.24, 2.25, 2.32; 45 CFR 164.528).
 * Ids, names of fields and codes only. A row is committed before the payload it speaks of leaves.
 */
export class CreateDisclosureLedger1764000000602 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table disclosure (
        id uuid primary key default uuidv7(),
        at timestamptz not null,
        way text not null check (way in ('GRAPHQL','SUBSCRIPTION','WEBHOOK','PRINT','EXPORT')),
        subject_type text not null check (subject_type in ('Person','Referral')),
        subject_id uuid not null,
        -- Whose words they were, and who was told.
        from_agency_id uuid not null references agency,
        to_agency_id uuid not null references agency,
        actor_kind text not null,
        actor_id uuid not null,
        role text not null,
        purpose text not null,
        -- {"Referral": {"ids": [...], "fields": [...], "classes": [...]}}
        what jsonb not null,
        -- The scopes of consent it rested on; empty: no consent was needed.
        consents text[] not null,
        is_part2 boolean not null,
        notice_version text not null,
        request_id text
      );
      create index disclosure_by_subject on disclosure (subject_id, at);
      create index disclosure_by_source on disclosure (from_agency_id, at, id);
      create index disclosure_by_recipient on disclosure (to_agency_id, at, id);
      revoke update on disclosure from handrail_app, handrail_worker;
      create trigger append_only before update or delete on disclosure for each row execute function app.refuse_change();
      create trigger keep_all before truncate on disclosure for each statement execute function app.refuse_change();
      -- Written by the side that is told; read by either side.
      select app.protect('disclosure', 'from_agency_id = (select app.agency()) or to_agency_id = (select app.agency())', null);
      create policy adds on disclosure for insert to handrail_app with check (to_agency_id = (select app.agency()));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table disclosure');
  }
}
