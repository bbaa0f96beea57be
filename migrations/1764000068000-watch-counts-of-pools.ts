import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A count is waited for in each pool in use whose provider keeps it, also where it was never counted, and in none that is closed. */
export class WatchCountsOfPools1764000068000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table clock no force row level security;
      alter table bed_pool no force row level security;
      alter table program no force row level security;

      update clock c set ended_at = now(), ended_how = 'CANCELLED', next_step_at = null
      from bed_pool b join program p on p.id = b.program_id
      where c.subject_id = b.id and c.kind = 'CENSUS_FRESH' and c.ended_at is null and not (b.is_active and p.is_active);

      -- One that was attested has had its clock since. A program that only a directory lists has nobody who could be asked.
      insert into clock (kind, subject_type, subject_id, owner_agency_id, owner_side, started_at, due_at, definition_version, next_step_at)
      select 'CENSUS_FRESH', 'BedPool', b.id, b.agency_id, 'PROVIDER', now(), now() + p.freshness_minutes * interval '1 minute', 'clocks-1', now()
      from bed_pool b join program p on p.id = b.program_id
      where b.is_active and p.is_active and (p.source_key is null or p.updated_at <> p.created_at)
      on conflict (subject_id, kind) where ended_at is null do nothing;

      alter table clock force row level security;
      alter table bed_pool force row level security;
      alter table program force row level security;
    `);
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
