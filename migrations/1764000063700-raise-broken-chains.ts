import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = [
  'NOT_COUNTERSIGNED',
  'NOT_RECEIVED',
  'WEIGHT_DIFFERS',
  'SEAL_DIFFERS',
  'RESULT_OVERDUE',
  'DESTRUCTION_UNFINISHED',
];
const listOf = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(',');
const setKinds = (kinds: readonly string[]): string => `
  alter table custody_alert drop constraint custody_alert_kind_check;
  alter table custody_alert add constraint custody_alert_kind_check check (kind in (${listOf(kinds)}));
`;

/** What is given away by somebody who never had it, and witnesses who do not tell of one destruction. */
export class RaiseBrokenChains1764000063700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(setKinds([...KINDS, 'CUSTODY_GAP', 'WITNESSES_DIFFER']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from custody_alert where kind in ('CUSTODY_GAP','WITNESSES_DIFFER');
      ${setKinds(KINDS)}`);
  }
}
