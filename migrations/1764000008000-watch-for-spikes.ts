import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spikes of overdoses: what was judged and why, who was told, who did what, and warnings of potent batches. */
export class WatchForSpikes1764000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table spike_alert (
        id uuid primary key default uuidv7(),
        county_fips text not null check (county_fips ~ '^[0-9]{5}$'),
        state text not null default 'OPEN' check (state in ('OPEN','QUIET','DISMISSED')),
        opened_at timestamptz not null,
        last_spike_at timestamptz not null,
        -- Since when the counts have been back at their expectation without a break.
        quiet_since timestamptz,
        closed_at timestamptz,
        dismissed_because text check (dismissed_because in ('DUPLICATE_REPORTS','DATA_ERROR','KNOWN_CAUSE','EXERCISE')),
        dismissed_by uuid,
        peak_p double precision not null check (peak_p between 0 and 1),
        -- When it is to be looked at without a new report.
        look_at timestamptz,
        check ((state = 'OPEN') = (closed_at is null)),
        check ((state = 'DISMISSED') = (dismissed_because is not null)),
        check ((state = 'OPEN') = (look_at is not null))
      );
      create unique index spike_alert_one_open on spike_alert (county_fips) where state = 'OPEN';
      create index spike_alert_to_look_at on spike_alert (look_at) where look_at is not null;

      -- Which agency was told, and as whose county. The only way the database shows an alert to anybody.
      create table spike_alert_party (
        agency_id uuid not null references agency,
        alert_id uuid not null references spike_alert,
        side text not null check (side in ('OWNING','NEIGHBOUR')),
        opened_at timestamptz not null,
        primary key (agency_id, alert_id)
      );
      create index spike_alert_party_newest on spike_alert_party (agency_id, opened_at desc, alert_id desc);
      create index spike_alert_party_by_alert on spike_alert_party (alert_id);
      select app.protect('spike_alert_party', 'agency_id = (select app.agency())', null);
      revoke insert, update on spike_alert_party from handrail_app;
      select app.protect('spike_alert', 'exists (select 1 from spike_alert_party p
        where p.alert_id = spike_alert.id and p.agency_id = (select app.agency()))', null);
      revoke insert, update on spike_alert from handrail_app;

      -- What the engine said, with what it knew then. Written once, like a match run.
      create table spike_verdict (
        id uuid primary key default uuidv7(),
        county_fips text not null,
        as_of timestamptz not null,
        alert_id uuid references spike_alert,
        is_spike boolean not null,
        verdict jsonb not null,
        cluster jsonb,
        policy_version text not null
      );
      create index spike_verdict_by_county on spike_verdict (county_fips, as_of desc);
      create index spike_verdict_by_alert on spike_verdict (alert_id, as_of desc, id desc) where alert_id is not null;
      select app.protect('spike_verdict', 'exists (select 1 from spike_alert_party p
        where p.alert_id = spike_verdict.alert_id and p.agency_id = (select app.agency()))', null);
      revoke insert, update on spike_verdict from handrail_app;
      revoke update on spike_verdict from handrail_worker;

      -- What an agency is asked to do while it lasts, and what became of it.
      create table alert_action (
        id uuid primary key default uuidv7(),
        alert_id uuid not null references spike_alert,
        agency_id uuid not null references agency,
        kind text not null,
        state text not null default 'ASKED' check (state in ('ASKED','TAKEN','DONE','NOT_NEEDED')),
        changed_at timestamptz not null,
        unique (alert_id, agency_id, kind)
      );
      create index alert_action_by_agency on alert_action (agency_id, kind) where state in ('ASKED','TAKEN');
      select app.protect('alert_action', 'exists (select 1 from spike_alert_party p
        where p.alert_id = alert_action.alert_id and p.agency_id = (select app.agency()))', null);
      revoke insert, update on alert_action from handrail_app;
      grant update (state, changed_at) on alert_action to handrail_app;
      create policy changes on alert_action for update to handrail_app
        using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));

      -- What an agency wants to hear of counties next to its own. No row: all.
      create table alert_choice (
        agency_id uuid primary key references agency,
        neighbours text not null check (neighbours in ('ALL','STRONG','NONE')),
        changed_at timestamptz not null
      );
      select app.protect('alert_choice', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      -- A batch known to be potent or adulterated, from a laboratory or from the field.
      create table batch_warning (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        county_fips text[] not null check (cardinality(county_fips) between 1 and 20),
        basis text not null check (basis in ('LABORATORY','FIELD')),
        contents text[] not null check (cardinality(contents) between 1 and 10),
        sold_as text,
        form text,
        issued_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > issued_at),
        withdrawn_at timestamptz
      );
      create table batch_warning_party (
        agency_id uuid not null references agency,
        warning_id uuid not null references batch_warning,
        issued_at timestamptz not null,
        primary key (agency_id, warning_id)
      );
      create index batch_warning_party_newest on batch_warning_party (agency_id, issued_at desc, warning_id desc);
      create index batch_warning_party_by_warning on batch_warning_party (warning_id);
      select app.protect('batch_warning_party', 'agency_id = (select app.agency())', null);
      revoke insert, update on batch_warning_party from handrail_app;
      select app.protect('batch_warning', 'exists (select 1 from batch_warning_party p
        where p.warning_id = batch_warning.id and p.agency_id = (select app.agency()))', null);
      revoke insert, update on batch_warning from handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table batch_warning_party, batch_warning, alert_choice, alert_action, spike_verdict, spike_alert_party, spike_alert',
    );
  }
}
