import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetSendersWithdraw1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A sender that may not know of the arrival cancelled or recalled after it: to the sender the referral is closed, the
      -- program goes on.
      alter table referral
        add column sender_withdrew_at timestamptz,
        add column sender_withdrew_reason text,
        add constraint withdrawn_with_reason check ((sender_withdrew_at is null) = (sender_withdrew_reason is null));

      -- A sending side may state a release before any program has accepted (to nobody yet), or after the arrival (for the file).
      alter table hand_off alter column to_agency_id drop not null;
      alter table hand_off drop constraint hand_off_state_check;
      alter table hand_off
        add constraint hand_off_state_check check (state in ('RELEASED','RECEIVED','FILED','CANCELLED')),
        add constraint goes_to_somebody check (state in ('RELEASED','CANCELLED') or to_agency_id is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from hand_off where state = 'FILED' or to_agency_id is null;
      alter table hand_off drop constraint goes_to_somebody, drop constraint hand_off_state_check, alter column to_agency_id set not null;
      alter table hand_off add constraint hand_off_state_check check (state in ('RELEASED','RECEIVED','CANCELLED'));
      alter table referral drop column sender_withdrew_at, drop column sender_withdrew_reason;
    `);
  }
}
