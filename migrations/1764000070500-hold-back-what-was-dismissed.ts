import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A dismissed alert holds back what it rested on, for as long as windows reach it; the one that opens all the same names it. */
export class HoldBackWhatWasDismissed1764000070500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table spike_alert
        add column opened_despite uuid references spike_alert,
        add column opened_because text check (opened_because in ('STRONGER','LATER','ELSEWHERE')),
        add check ((opened_despite is null) = (opened_because is null)),
        -- A dismissed one is looked at while it holds a spike back.
        drop constraint spike_alert_check2,
        add constraint spike_alert_is_looked_at check (case state when 'OPEN' then look_at is not null when 'DISMISSED' then true else look_at is null end);
      create index spike_alert_dismissed on spike_alert (county_fips, closed_at desc) where state = 'DISMISSED';
      create index spike_alert_opened_despite on spike_alert (opened_despite) where opened_despite is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index spike_alert_dismissed;
      update spike_alert set look_at = null where state = 'DISMISSED';
      alter table spike_alert
        drop column opened_despite, drop column opened_because, drop constraint spike_alert_is_looked_at,
        add constraint spike_alert_check2 check ((state = 'OPEN') = (look_at is not null));
    `);
  }
}
