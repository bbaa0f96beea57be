import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What responders were exposed to, for themselves and their agency’s safety officer; and the naloxone that an agency has. */
export class KeepResponders1764000040001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table membership drop constraint membership_role_check,
        add constraint membership_role_check check (role in ('OFFICER','EVIDENCE_CUSTODIAN','MEDIC','HOSPITAL_STAFF','PROVIDER_STAFF','OUTREACH_WORKER','COORDINATOR','SAFETY_OFFICER','SCHOOL_LIAISON','CHILD_SERVICES_WORKER','ANALYST','PRIVACY_OFFICER','AGENCY_ADMIN','PLATFORM_ADMIN'));

      -- A responder, or their dog. No person who was helped, no report, no place below the county.
      create table exposure (
        id uuid primary key,
        agency_id uuid not null references agency,
        responder_id uuid not null,
        responder_name_sealed bytea not null check (octet_length(responder_name_sealed) >= 45),
        exposed text not null check (exposed in ('RESPONDER','K9')),
        occurred_at timestamptz(3) not null,
        reported_at timestamptz(3) not null,
        county_fips text check (county_fips ~ '^[0-9]{5}$'),
        substances text[] not null check (cardinality(substances) between 1 and 10),
        routes text[] not null check (cardinality(routes) between 1 and 10),
        symptoms text[] not null,
        protection text[] not null,
        naloxone_doses integer not null check (naloxone_doses between 0 and 50),
        went_to_hospital boolean not null,
        state text not null check (state in ('REPORTED','REVIEWED','CLOSED')),
        due_at timestamptz(3),
        reviewed_at timestamptz(3),
        reviewed_by uuid,
        closed_at timestamptz(3),
        outcome text check (outcome in ('RECOVERED','LOST_TIME','LASTING_HARM','NOT_REACHED')),
        check (occurred_at <= reported_at),
        check ((state = 'REPORTED') = (reviewed_at is null) and (reviewed_at is null) = (reviewed_by is null)),
        check ((state = 'CLOSED') = (closed_at is not null) and (closed_at is null) = (outcome is null)),
        check ((state = 'CLOSED') = (due_at is null))
      );
      create index exposure_by_agency on exposure (agency_id, reported_at desc, id desc);
      create index exposure_by_responder on exposure (responder_id, reported_at desc, id desc);
      revoke update on exposure from handrail_app, handrail_worker;
      grant update (symptoms, naloxone_doses, went_to_hospital, state, due_at, reviewed_at, reviewed_by, closed_at, outcome)
        on exposure to handrail_app;
      grant update (responder_name_sealed) on exposure to handrail_worker;
      select app.protect('exposure', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      create table naloxone_lot (
        id uuid primary key,
        agency_id uuid not null references agency,
        product text not null check (product in ('NASAL_3_MG','NASAL_4_MG','NASAL_8_MG','INJECTION_0_4_MG','INJECTION_1_MG','INJECTION_5_MG')),
        lot_number text not null check (length(lot_number) between 1 and 60),
        expires_on date not null,
        -- What the movements come to; never below nothing, whoever takes at the same moment.
        on_hand integer not null default 0 check (on_hand >= 0),
        movements integer not null default 0 check (movements >= 0),
        unique (agency_id, product, lot_number, expires_on)
      );
      create index naloxone_lot_in_stock on naloxone_lot (agency_id, expires_on, id) where on_hand > 0;
      revoke update on naloxone_lot from handrail_app, handrail_worker;
      grant update (on_hand, movements) on naloxone_lot to handrail_app, handrail_worker;
      select app.protect('naloxone_lot', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      -- What an agency asks another for, and what comes of it.
      create table restock_request (
        id uuid primary key,
        agency_id uuid not null references agency,
        supplier_agency_id uuid not null references agency check (supplier_agency_id <> agency_id),
        product text check (product in ('NASAL_3_MG','NASAL_4_MG','NASAL_8_MG','INJECTION_0_4_MG','INJECTION_1_MG','INJECTION_5_MG')),
        doses integer not null check (doses between 1 and 10000),
        is_spike boolean not null,
        state text not null check (state in ('REQUESTED','SENT','RECEIVED','DECLINED','CANCELLED')),
        requested_at timestamptz(3) not null,
        requested_by uuid not null,
        sent_doses integer check (sent_doses > 0),
        sent_at timestamptz(3),
        ended_at timestamptz(3),
        because text check (because in ('NONE_TO_SPARE','ASK_ELSEWHERE','NOT_A_SUPPLIER')),
        check ((sent_at is null) = (sent_doses is null)),
        check ((state in ('SENT','RECEIVED')) = (sent_at is not null)),
        check ((state in ('RECEIVED','DECLINED','CANCELLED')) = (ended_at is not null)),
        check ((state = 'DECLINED') = (because is not null))
      );
      create index restock_request_by_agency on restock_request (agency_id, requested_at desc, id desc);
      create index restock_request_by_supplier on restock_request (supplier_agency_id, requested_at desc, id desc);
      revoke insert, update on restock_request from handrail_app;
      grant update (state) on restock_request to handrail_app;
      select app.protect('restock_request', 'agency_id = (select app.agency()) or supplier_agency_id = (select app.agency())', null);
      create policy changes on restock_request for update to handrail_app
        using (agency_id = (select app.agency()) or supplier_agency_id = (select app.agency()))
        with check (agency_id = (select app.agency()) or supplier_agency_id = (select app.agency()));

      -- The ledger: what came, went, was thrown away or counted. Never changed.
      create table naloxone_movement (
        id uuid primary key,
        agency_id uuid not null references agency,
        lot_id uuid not null references naloxone_lot,
        position integer not null check (position > 0),
        kind text not null check (kind in ('RECEIVED','USED','DISCARDED','COUNTED','SENT')),
        because text,
        change integer not null check (change <> 0),
        on_hand integer not null check (on_hand >= 0),
        at timestamptz(3) not null,
        by_id uuid not null,
        -- Which report the doses were for. The report knows the person; the ledger does not.
        overdose_report_id uuid references overdose_report,
        restock_id uuid references restock_request,
        unique (lot_id, position),
        check ((kind = 'RECEIVED' and change > 0) or (kind in ('USED','DISCARDED','SENT') and change < 0) or kind = 'COUNTED'),
        check ((kind in ('USED','DISCARDED','COUNTED')) = (because is not null)),
        check (overdose_report_id is null or (kind = 'USED' and because = 'REVERSAL')),
        check (restock_id is null or kind in ('SENT','RECEIVED'))
      );
      create index naloxone_movement_newest on naloxone_movement (agency_id, at desc, id desc);
      create index naloxone_movement_by_report on naloxone_movement (overdose_report_id) where overdose_report_id is not null;
      create index naloxone_movement_by_restock on naloxone_movement (restock_id) where restock_id is not null;
      revoke update on naloxone_movement from handrail_app, handrail_worker;
      create trigger append_only before update or delete on naloxone_movement for each row execute function app.refuse_change();
      create trigger keep_all before truncate on naloxone_movement for each statement execute function app.refuse_change();
      select app.protect('naloxone_movement', 'agency_id = (select app.agency())', null);
      create policy adds on naloxone_movement for insert to handrail_app with check (agency_id = (select app.agency()));

      -- At the end of every transaction a lot has what its movements come to, whoever wrote them.
      create function app.keep_naloxone_balance() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      declare
        lot uuid := case tg_table_name when 'naloxone_lot' then new.id else (to_jsonb(new) ->> 'lot_id')::uuid end;
      begin
        if (select l.on_hand from naloxone_lot l where l.id = lot)
          is distinct from (select coalesce(sum(m.change), 0) from naloxone_movement m where m.lot_id = lot) then
          raise exception 'the movements of a lot do not come to what is on hand' using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      revoke all on function app.keep_naloxone_balance() from public;
      create constraint trigger balances after insert or update on naloxone_lot deferrable initially deferred
        for each row execute function app.keep_naloxone_balance();
      create constraint trigger balances after insert on naloxone_movement deferrable initially deferred
        for each row execute function app.keep_naloxone_balance();

      -- Below how many doses an agency wants to be warned (null: the house default), and when its stock is looked at next.
      create table naloxone_level (
        agency_id uuid primary key references agency,
        low_at integer check (low_at between 1 and 100000),
        look_at timestamptz not null
      );
      create index naloxone_level_to_look_at on naloxone_level (look_at);
      select app.protect('naloxone_level', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      create table stock_warning (
        id uuid primary key,
        agency_id uuid not null references agency,
        kind text not null check (kind in ('LOW','LOW_IN_SPIKE','EXPIRING','EXPIRED')),
        doses integer not null check (doses >= 0),
        level integer,
        raised_at timestamptz(3) not null,
        ended_at timestamptz(3),
        check (ended_at is null or ended_at >= raised_at)
      );
      create unique index stock_warning_one_open on stock_warning (agency_id, kind) where ended_at is null;
      select app.protect('stock_warning', 'agency_id = (select app.agency())', null);
      revoke insert, update on stock_warning from handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table stock_warning, naloxone_level, naloxone_movement, restock_request, naloxone_lot, exposure;
      drop function app.keep_naloxone_balance();
      delete from membership where role = 'SAFETY_OFFICER';
      alter table membership drop constraint membership_role_check,
        add constraint membership_role_check check (role in ('OFFICER','EVIDENCE_CUSTODIAN','MEDIC','HOSPITAL_STAFF','PROVIDER_STAFF','OUTREACH_WORKER','COORDINATOR','SCHOOL_LIAISON','CHILD_SERVICES_WORKER','ANALYST','PRIVACY_OFFICER','AGENCY_ADMIN','PLATFORM_ADMIN'));
    `);
  }
}
