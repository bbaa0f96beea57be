import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How clocks were kept is counted over those that ran lately, however long ago they started. */
export class FindClocksThatRan1764000061600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index clock_ended_by_owner on clock (owner_agency_id, ended_at);
      create index clock_ended_by_coordinator on clock (coordinator_agency_id, ended_at);
      drop index clock_started_by_owner, clock_started_by_coordinator;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index clock_started_by_owner on clock (owner_agency_id, started_at);
      create index clock_started_by_coordinator on clock (coordinator_agency_id, started_at);
      drop index clock_ended_by_owner, clock_ended_by_coordinator;
    `);
  }
}
