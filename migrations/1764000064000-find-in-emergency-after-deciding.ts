import type { MigrationInterface, QueryRunner } from 'typeorm';

const LOOK_UP = 'app.find_in_emergency(uuid, bytea[], text, text, date)';

/**
 * Whom an emergency finds is looked up by Handrail, once a command has decided that it is one. The application’s own login had only to name a
 * hospital to hear the id of somebody whom that hospital does not know.
 */
export class FindInEmergencyAfterDeciding1764000064000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke execute on function ${LOOK_UP} from handrail_app;
      grant execute on function ${LOOK_UP} to handrail_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke execute on function ${LOOK_UP} from handrail_worker;
      grant execute on function ${LOOK_UP} to handrail_app`);
  }
}
