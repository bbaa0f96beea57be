import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { AlertActionState } from './alert-action.machine';
import type { DismissReason } from './alert-reasons';
import { AlertActionEntity, AlertChoiceEntity, SpikeAlertEntity, SpikeVerdictEntity } from './spike-alert.entity';

export type SpikeAlertRow = SpikeAlertEntity & Facts & { readonly isNeighbour: boolean; readonly openedOnText: string };
export type SpikeVerdictRow = SpikeVerdictEntity & Facts;
export type AlertActionRow = AlertActionEntity & Facts & { readonly isAlertOpen: boolean; readonly countyFips: string };
export type AlertChoiceRow = AlertChoiceEntity & Facts & { readonly id: string };

const none = `'{}'::text[] as consents`;
const side = (alertId: string): string =>
  `array(select case p.side when 'OWNING' then 'OWN_COUNTY' else 'NEXT_COUNTY' end from spike_alert_party p
     where p.alert_id = ${alertId} and p.agency_id = app.agency())`;
const alert = `${selectList(SpikeAlertEntity, 's')}, ${side('s.id')} as relations, ${none},
  exists (select 1 from spike_alert_party p where p.alert_id = s.id and p.agency_id = app.agency() and p.side = 'NEIGHBOUR') as "isNeighbour",
  to_char(s.opened_at at time zone 'UTC', 'YYYY-MM-DD"T00:00:00Z"') as "openedOnText"`;
// A cursor names the alert and the day; where in the day it stands the database knows.
const page = sql<SpikeAlertRow>(
  `with mine as materialized (
     select p.alert_id, p.opened_at from spike_alert_party p join spike_alert s on s.id = p.alert_id
     where p.agency_id = app.agency() and ($3::boolean is null or (s.state = 'OPEN') = $3)
       and ($2::uuid is null or (p.opened_at, p.alert_id) <
         (select l.opened_at, l.alert_id from spike_alert_party l where l.agency_id = app.agency() and l.alert_id = $2))
     order by p.opened_at desc, p.alert_id desc limit $1)
   select ${alert} from mine m join spike_alert s on s.id = m.alert_id order by m.opened_at desc, m.alert_id desc`,
);
const byIds = sql<SpikeAlertRow>(`select ${alert} from spike_alert s where s.id = any($1::uuid[])`);
const dismiss = sql<{ id: string }>(
  `update spike_alert set state = 'DISMISSED', closed_at = $2, look_at = null, dismissed_because = $3, dismissed_by = $4 where id = $1 and state = 'OPEN' returning id`,
);
const latest = sql<SpikeVerdictRow>(
  `select distinct on (v.alert_id) ${selectList(SpikeVerdictEntity, 'v')}, ${side('v.alert_id')} as relations, ${none}
   from spike_verdict v where v.alert_id = any($1::uuid[]) order by v.alert_id, v.as_of desc, v.id desc`,
);
const action = `${selectList(AlertActionEntity, 'x')},
  ${side('x.alert_id')} || case when x.agency_id = app.agency() then '{OWN_AGENCY}'::text[] else '{}' end as relations, ${none},
  (select s.state = 'OPEN' from spike_alert s where s.id = x.alert_id) as "isAlertOpen",
  (select s.county_fips from spike_alert s where s.id = x.alert_id) as "countyFips"`;
const actionsOf = sql<AlertActionRow>(
  `select ${action} from alert_action x where x.alert_id = any($1::uuid[]) order by x.alert_id, x.agency_id, x.kind`,
);
const actionsById = sql<AlertActionRow>(`select ${action} from alert_action x where x.id = any($1::uuid[])`);
const lockAction = sql<AlertActionRow>(`select ${action} from alert_action x where x.id = $1 for no key update of x`);
const moveAction = sql('update alert_action set state = $2, changed_at = $3 where id = $1');
const choices = sql<AlertChoiceRow>(
  `select a.id, a.id as "agencyId", coalesce(c.neighbours, 'ALL') as neighbours, coalesce(c.changed_at, a.created_at) as "changedAt",
     '{OWN_AGENCY}'::text[] as relations, ${none}
   from agency a left join alert_choice c on c.agency_id = a.id where a.id = any($1::uuid[]) and a.id = app.agency()`,
);
const choose = sql(
  `insert into alert_choice (agency_id, neighbours, changed_at) values ($1, $2, $3)
   on conflict (agency_id) do update set neighbours = excluded.neighbours, changed_at = excluded.changed_at`,
);
const reach = sql<{ countyFips: string }>(
  'select county_fips as "countyFips" from agency_jurisdiction where agency_id = $1 order by county_fips',
);
const isUnderAlert = sql<{ isUnder: boolean }>(
  `select exists (select 1 from spike_alert_party p join spike_alert s on s.id = p.alert_id
     where p.agency_id = $1 and s.state = 'OPEN') as "isUnder"`,
);
const agenciesToldOf = sql<{ agencyId: string }>(
  'select agency_id as "agencyId" from spike_alert_party where alert_id = $1',
);

/** Alerts as agencies read them, and what they do about them. */
@Injectable()
export class AlertsStore {
  /** The newest first; one more than asked for where more follow. */
  page(reader: Reader, first: number, after: Keyset | null, isOpen: boolean | null): Promise<SpikeAlertRow[]> {
    return reader.query(page, [first + 1, after?.id ?? null, isOpen]);
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<SpikeAlertRow[]> {
    return reader.query(byIds, [ids]);
  }

  latestVerdicts(reader: Reader, alertIds: readonly string[]): Promise<SpikeVerdictRow[]> {
    return reader.query(latest, [alertIds]);
  }

  actionsOf(reader: Reader, alertIds: readonly string[]): Promise<AlertActionRow[]> {
    return reader.query(actionsOf, [alertIds]);
  }

  actionsById(reader: Reader, ids: readonly string[]): Promise<AlertActionRow[]> {
    return reader.query(actionsById, [ids]);
  }

  choices(reader: Reader, agencyIds: readonly string[]): Promise<AlertChoiceRow[]> {
    return reader.query(choices, [agencyIds]);
  }

  /** Counties in which an agency works. */
  async countiesOf(reader: Reader, agencyId: string): Promise<string[]> {
    return (await reader.query(reach, [agencyId])).map(({ countyFips }) => countyFips);
  }

  /** Whether an alert is open that the agency was told of. */
  async isUnderAlert(reader: Reader, agencyId: string): Promise<boolean> {
    return (await reader.query(isUnderAlert, [agencyId]))[0]?.isUnder ?? false;
  }

  async agenciesToldOf(tx: SystemTx, alertId: string): Promise<string[]> {
    return (await tx.query(agenciesToldOf, [alertId])).map(({ agencyId }) => agencyId);
  }

  /** False: it has ended meanwhile, by the counts or by somebody else. */
  async dismiss(tx: SystemTx, id: string, reason: DismissReason): Promise<boolean> {
    return (await tx.query(dismiss, [id, tx.asOf, reason, tx.actor.id])).length > 0;
  }

  async lockAction(tx: Tx, id: string): Promise<AlertActionRow | undefined> {
    return (await tx.query(lockAction, [id]))[0];
  }

  moveAction(tx: Tx, id: string, state: AlertActionState): void {
    tx.post(moveAction, [id, state, tx.asOf]);
  }

  choose(tx: Tx, neighbours: AlertChoiceEntity['neighbours']): void {
    tx.post(choose, [tx.actor.agencyId, neighbours, tx.asOf]);
  }
}
