import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is who. Each agency keeps its own record of a person; that two records are of one person is a row of its own, decided by
 * Handrail or by somebody, and can be taken back.
 */
export class LinkPeople1764000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- By what a record may be found, as keyed codes: a name or a birth date cannot be read out of them.
      create table person_block (
        key bytea not null check (octet_length(key) = 8),
        person_id uuid not null references person,
        primary key (key, person_id)
      );
      create index person_block_by_person on person_block (person_id);
      select app.protect('person_block',
        'exists (select 1 from person_party pp where pp.person_id = person_block.person_id and pp.agency_id = (select app.agency()))', null);
      revoke insert, update on person_block from handrail_app;
      revoke update on person_block from handrail_worker;
      -- Codes under a key that is used no more.
      grant delete on person_block to handrail_worker;

      create table person_link (
        id uuid primary key default uuidv7(),
        left_person_id uuid not null references person,
        right_person_id uuid not null references person,
        state text not null check (state in ('OPEN','LINKED','REJECTED')),
        probability double precision not null check (probability between 0 and 1),
        bits double precision not null,
        -- [{"comparison": "givenName", "agreement": "AGREES", "level": "EXACT", "bits": 7.1}]: never a value.
        evidence jsonb not null,
        conflict text,
        policy_version text not null,
        found_at timestamptz not null,
        found_by text not null check (found_by in ('HANDRAIL','HUMAN')),
        -- Null: nobody has yet.
        decided_at timestamptz,
        decided_by text check (decided_by in ('HANDRAIL','HUMAN')),
        check (left_person_id < right_person_id),
        check ((state = 'OPEN') or (decided_at is not null)),
        check ((decided_at is null) = (decided_by is null)),
        unique (left_person_id, right_person_id)
      );
      create index person_link_by_right on person_link (right_person_id);
      create index person_link_open on person_link (found_at desc, id desc) where state = 'OPEN';
      -- For agencies that know both, and for nobody else: that somebody else has a record of the same person is theirs to tell.
      select app.protect('person_link',
        'exists (select 1 from person_party pp where pp.person_id = person_link.left_person_id and pp.agency_id = (select app.agency()))
         and exists (select 1 from person_party pp where pp.person_id = person_link.right_person_id and pp.agency_id = (select app.agency()))', null);
      revoke insert, update on person_link from handrail_app;

      -- What was decided of a pair, one row after the other. Written once.
      create table person_link_decision (
        id uuid primary key default uuidv7(),
        link_id uuid not null references person_link,
        at timestamptz not null,
        step text not null check (step in ('FIND','CONFIRM','REJECT','SPLIT','MERGE','REOPEN')),
        to_state text not null check (to_state in ('OPEN','LINKED','REJECTED')),
        by_whom text not null check (by_whom in ('HANDRAIL','HUMAN')),
        actor_id uuid,
        agency_id uuid,
        policy_version text not null
      );
      create index person_link_decision_by_link on person_link_decision (link_id, at, id);
      select app.protect('person_link_decision', 'exists (select 1 from person_link l where l.id = person_link_decision.link_id)', null);
      revoke insert, update on person_link_decision from handrail_app;
      revoke update on person_link_decision from handrail_worker;

      -- Going through everybody on file once, for a policy and a key; goes on where it stopped.
      create table linkage_pass (
        id uuid primary key default uuidv7(),
        policy_version text not null,
        index_key_id uuid not null,
        reached uuid,
        persons integer not null default 0,
        linked integer not null default 0,
        for_review integer not null default 0,
        started_at timestamptz not null,
        finished_at timestamptz,
        unique (policy_version, index_key_id)
      );
      select app.protect('linkage_pass', 'false', null);
      revoke insert, update on linkage_pass from handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table linkage_pass, person_link_decision, person_link, person_block');
  }
}
