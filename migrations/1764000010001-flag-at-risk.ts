import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hospital staff flag who is at risk before it turns fatal; a flag opens a referral, an outreach case, or both. */
export class FlagAtRisk1764000010001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outreach_case drop constraint outreach_case_kind_check,
        add constraint outreach_case_kind_check check (kind in ('SURVIVOR','FAMILY','AT_RISK')),
        -- Why a hospital flagged the person; none of an overdose that was reported.
        add column risk_reasons text[] not null default '{}';
      alter table outreach_opt_out drop constraint outreach_opt_out_kind_check,
        add constraint outreach_opt_out_kind_check check (kind in ('SURVIVOR','FAMILY','AT_RISK'));
      drop index outreach_case_one_a_week;
      create unique index outreach_case_one_a_week on outreach_case (person_key, week, kind)
        where person_key is not null and state <> 'VOID' and kind <> 'AT_RISK';
      -- Police may work in a team. Of what a hospital told they learn nothing, not even that there is something.
      create policy hospital_words on outreach_case as restrictive for select to handrail_app using (kind <> 'AT_RISK'
        or not exists (select 1 from agency g where g.id = (select app.agency()) and g.kind = 'LAW_ENFORCEMENT'));

      create table at_risk_flag (
        id uuid primary key,
        agency_id uuid not null references agency,
        person_id uuid not null references person,
        episode_id uuid not null references episode,
        flagged_by uuid not null,
        flagged_at timestamptz(3) not null,
        reasons text[] not null check (cardinality(reasons) > 0),
        consent_state text not null check (consent_state in ('WRITTEN','SPOKEN','NOT_ASKED','REFUSED')),
        wants_contact boolean not null,
        medication_started text,
        discharge_at timestamptz,
        -- The person agreed in writing that the hospital learns whether they were reached.
        may_tell_back boolean not null,
        referral_id uuid references referral,
        case_id uuid references outreach_case,
        team_agency_id uuid references agency,
        reached_at timestamptz,
        check (referral_id is not null or case_id is not null),
        -- Nobody’s name leaves the hospital against their will.
        check (consent_state in ('WRITTEN','SPOKEN') or case_id is null),
        check (not may_tell_back or consent_state = 'WRITTEN')
      );
      create index at_risk_flag_by_agency on at_risk_flag (agency_id, flagged_at, id);
      create index at_risk_flag_by_case on at_risk_flag (case_id) where case_id is not null;
      revoke insert, update on at_risk_flag from handrail_app;
      select app.protect('at_risk_flag', 'agency_id = (select app.agency())', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table at_risk_flag;
      drop policy hospital_words on outreach_case;
      alter table outreach_case drop column risk_reasons;
    `);
  }
}
