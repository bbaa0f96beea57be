import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePeople1763900000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table person (
        id uuid primary key default uuidv7(),
        given_name text, family_name text,
        birth_date date,
        sex text check (sex in ('FEMALE','MALE','OTHER')),
        phone text,
        language text not null default 'en',
        created_at timestamptz not null default app.now()
      );
      -- Which agencies know the person, and why: the only way the database shows a person to anybody.
      create table person_party (
        agency_id uuid not null references agency,
        person_id uuid not null references person,
        basis text not null check (basis in ('INTAKE','ACKNOWLEDGED_WITH_CONSENT','ACCEPTANCE','COORDINATION_WITH_CONSENT')),
        since timestamptz not null default app.now(),
        primary key (agency_id, person_id)
      );
      create index person_party_by_person on person_party (person_id);
      grant delete on person_party to handrail_worker;
      select app.protect('person_party', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');
      select app.protect('person',
        'exists (select 1 from person_party pp where pp.person_id = person.id and pp.agency_id = (select app.agency()))',
        'exists (select 1 from person_party pp where pp.person_id = person.id and pp.agency_id = (select app.agency()))');
      -- Taking in a person is an insert before the first party row exists.
      drop policy adds on person;
      create policy adds on person for insert to handrail_app with check ((select app.agency()) is not null);

      -- One person's path from first contact to closing. Referrals, overdose events and follow-ups hang on it.
      create table episode (
        id uuid primary key default uuidv7(),
        person_id uuid not null references person,
        opened_by_agency_id uuid not null references agency,
        pathway text not null,
        opened_at timestamptz not null default app.now(),
        closed_at timestamptz
      );
      create index episode_by_person on episode (person_id);
      select app.protect('episode',
        'exists (select 1 from person_party pp where pp.person_id = episode.person_id and pp.agency_id = (select app.agency()))',
        'exists (select 1 from person_party pp where pp.person_id = episode.person_id and pp.agency_id = (select app.agency()))');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table episode, person_party, person');
  }
}
