import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That a subpoena, an order or a request of the police came, and what the privacy officer decided (42 CFR part 2, subpart E).
 * It names no person, no case and no record: nothing leads from it to one, and no criminal-justice information is kept.
 */
export class RecordLegalRequests1764000000803 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table legal_request (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        kind text not null check (kind in ('SUBPOENA','COURT_ORDER','COURT_ORDER_WITH_SUBPOENA','SEARCH_WARRANT','POLICE_REQUEST')),
        issuer text not null check (issuer in ('COURT','GRAND_JURY','PROSECUTOR','LAW_ENFORCEMENT','DEFENSE','CIVIL_PARTY','ADMINISTRATIVE_BODY','LEGISLATIVE_BODY')),
        received_at timestamptz not null,
        decision text not null,
        recorded_at timestamptz not null,
        recorded_by uuid not null,
        -- Nothing is answered without a court order under subpart E.
        check (decision in ('REFUSED_NEEDS_COURT_ORDER','REFUSED_NEEDS_MANDATE','CONTESTED_IN_COURT')
          or decision = 'ANSWERED_OUTSIDE_HANDRAIL' and kind in ('COURT_ORDER','COURT_ORDER_WITH_SUBPOENA'))
      );
      create index legal_request_in_time on legal_request (agency_id, recorded_at, id);
      revoke update on legal_request from handrail_app, handrail_worker;
      create trigger append_only before update or delete on legal_request for each row execute function app.refuse_change();
      create trigger keep_all before truncate on legal_request for each statement execute function app.refuse_change();
      select app.protect('legal_request', 'agency_id = (select app.agency())', null);
      create policy adds on legal_request for insert to handrail_app with check (agency_id = (select app.agency()));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table legal_request');
  }
}
