import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AgencyKind } from '../kernel/vocabulary';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { AlertActionKind, AlertSide } from './engine/action-list';
import type { Dismissal } from './engine/dismissal';
import type { NeighbourChoice } from './engine/neighbour-choice';
import { AlertActionEntity, SpikeAlertEntity, SpikeVerdictEntity } from './spike-alert.entity';

/** An event as surveillance counts it: no person, no address, who reported it by kind of agency only. */
export interface CountedEvent {
  readonly occurredAt: Date;
  /** False: it was some time that day. */
  readonly isTimeKnown: boolean;
  readonly recordedAt: Date;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly isFatal: boolean;
  readonly kinds: readonly AgencyKind[];
}

export interface CountyRate {
  readonly countyFips: string;
  readonly events: number;
  readonly days: number;
}

export interface DismissedAlert extends Omit<Dismissal, 'at'> {
  readonly closedAt: Date;
}

export interface AgencyAround {
  readonly agencyId: string;
  readonly kind: AgencyKind;
  readonly countyFips: string[];
  readonly neighbours: NeighbourChoice;
  /** A provider may be on file and run no program yet, or no more. */
  readonly hasPlaces: boolean;
  readonly isTold: boolean;
}

const now = sql<{ now: Date }>('select app.now() as now');
// One at a time for a county: two reports at once open one alert.
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('spike/' || $1, 0))`);
const eventsIn = sql<CountedEvent>(
  `select e.occurred_at as "occurredAt", e.is_time_known as "isTimeKnown", e.recorded_at as "recordedAt", e.latitude, e.longitude, e.is_fatal as "isFatal",
     array_agg(distinct a.kind order by a.kind) as kinds
   from overdose_event e join overdose_event_report m on m.event_id = e.id and m.until_at is null
     join overdose_report r on r.id = m.report_id join agency a on a.id = r.agency_id
   where e.ended_at is null and e.county_fips = $1 and e.occurred_at > $2 and e.occurred_at <= $3
   group by e.id order by e.occurred_at, e.id`,
);
const rates = sql<CountyRate>(
  `select county_fips as "countyFips", count(*)::int as events, extract(epoch from $1::timestamptz - min(occurred_at)) / 86400 as days
   from overdose_event where ended_at is null and occurred_at > $1::timestamptz - interval '1 year' and occurred_at <= $1 group by county_fips`,
);
const alertColumns = selectList(SpikeAlertEntity, 's');
const openOf = sql<SpikeAlertEntity>(
  `select ${alertColumns} from spike_alert s where s.county_fips = $1 and s.state = 'OPEN' for no key update`,
);
const toLookAt = sql<{ id: string; countyFips: string }>(
  `select id, county_fips as "countyFips" from spike_alert where look_at <= app.now() and id <> all ($2::uuid[]) order by look_at, id limit $1`,
);
const open = insertionOf(SpikeAlertEntity, 'spike_alert', [
  'quietSince',
  'closedAt',
  'dismissedBecause',
  'dismissedBy',
]);
const change = sql(
  `update spike_alert set state = $2, last_spike_at = $3, quiet_since = $4, closed_at = $5, peak_p = least(peak_p, $6), look_at = $7 where id = $1`,
);
const dismissedOf = sql<DismissedAlert>(
  `select s.id, s.closed_at as "closedAt", s.peak_p as "peakP",
     (select v.cluster from spike_verdict v where v.alert_id = s.id and v.cluster is not null and v.as_of <= s.closed_at
      order by v.as_of desc, v.id desc limit 1) as cluster
   from spike_alert s where s.county_fips = $1 and s.state = 'DISMISSED' and s.closed_at > $2 order by s.closed_at desc, s.id`,
);
const lookAgain = sql(
  `update spike_alert set look_at = case when id = $2::uuid then $3::timestamptz end
   where county_fips = $1 and state = 'DISMISSED' and (look_at is not null or id = $2::uuid)`,
);
const verdict = insertionOf(SpikeVerdictEntity, 'spike_verdict');
const around = sql<AgencyAround>(
  `select a.id as "agencyId", a.kind, array_agg(j.county_fips order by j.county_fips) as "countyFips",
     coalesce((select c.neighbours from alert_choice c where c.agency_id = a.id), 'ALL') as neighbours,
     exists (select 1 from program p join bed_pool b on b.program_id = p.id where p.agency_id = a.id and p.is_active and b.is_active) as "hasPlaces",
     exists (select 1 from spike_alert_party p where p.agency_id = a.id and p.alert_id = $3) as "isTold"
   from agency a join agency_jurisdiction j on j.agency_id = a.id
   where j.county_fips = any($1) and a.kind = any($2) and a.is_active group by a.id, a.kind order by a.id`,
);
const tell = sql(
  `insert into spike_alert_party (agency_id, alert_id, side, opened_at) values ($1, $2, $3, $4) on conflict do nothing`,
);
const action = insertionOf(AlertActionEntity, 'alert_action', ['state']);
const bedsCounted = sql<{ id: string; alertId: string }>(
  `update alert_action a set state = 'DONE', changed_at = app.now() from spike_alert s
   where s.id = a.alert_id and a.agency_id = $1 and a.kind = 'CALL_UP_BEDS' and a.state in ('ASKED','TAKEN') and not exists (
     select 1 from program p join bed_pool b on b.program_id = p.id where p.agency_id = $1 and p.is_active and b.is_active
     and (b.attested_at is null or b.attested_at < s.opened_at))
   returning a.id, a.alert_id as "alertId"`,
);

/** What spikes are judged by, and what came of it. Written as Handrail only. */
@Injectable()
export class SpikesStore {
  /** The database’s time. */
  async now(reader: Reader): Promise<Date> {
    return (await reader.query(now))[0]?.now ?? new Date(NaN);
  }

  takeTurn(tx: SystemTx, countyFips: string): void {
    tx.post(takeTurn, [countyFips]);
  }

  /** Events of a county that stand, in (from, until]. `reader` must be the system’s. */
  eventsIn(reader: Reader, countyFips: string, from: Date, until: Date): Promise<CountedEvent[]> {
    return reader.query(eventsIn, [countyFips, from, until]);
  }

  /** Events of the past year by county, and for how many days of it the county has reported. */
  rates(reader: Reader, asOf: Date): Promise<CountyRate[]> {
    return reader.query(rates, [asOf]);
  }

  async openOf(tx: SystemTx, countyFips: string): Promise<SpikeAlertEntity | undefined> {
    return (await tx.query(openOf, [countyFips]))[0];
  }

  /** Alerts of a county that were dismissed after `since`, the newest first. */
  dismissedOf(tx: SystemTx, countyFips: string, since: Date): Promise<DismissedAlert[]> {
    return tx.query(dismissedOf, [countyFips, since]);
  }

  /** The one dismissed alert of a county, if any, that holds a spike back is looked at again; the others are not. */
  lookAgain(tx: SystemTx, countyFips: string, heldById: string | null, lookAt: Date): void {
    tx.post(lookAgain, [countyFips, heldById, lookAt]);
  }

  /** Open alerts, and dismissed ones that hold a spike back, that nobody has looked at for an hour. */
  toLookAt(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string; countyFips: string }[]> {
    return reader.query(toLookAt, [limit, resting]);
  }

  open(
    tx: SystemTx,
    alert: Omit<SpikeAlertEntity, 'id' | 'quietSince' | 'closedAt' | 'dismissedBecause' | 'dismissedBy'>,
  ): string {
    // Analysts are told the day: an id that tells its time would tell the moment.
    const id = randomUUID();
    tx.post(open.statement, open.valuesOf({ ...alert, id }));
    return id;
  }

  change(
    tx: SystemTx,
    alert: Pick<SpikeAlertEntity, 'id' | 'state' | 'lastSpikeAt' | 'quietSince' | 'closedAt' | 'peakP' | 'lookAt'>,
  ): void {
    const { id, state, lastSpikeAt, quietSince, closedAt, peakP, lookAt } = alert;
    tx.post(change, [id, state, lastSpikeAt, quietSince, closedAt, peakP, lookAt]);
  }

  keep(tx: SystemTx, kept: Omit<SpikeVerdictEntity, 'id'>): void {
    const json = { verdict: JSON.stringify(kept.verdict), cluster: kept.cluster && JSON.stringify(kept.cluster) };
    tx.post(verdict.statement, verdict.valuesOf({ ...kept, ...json, id: newId() } as unknown as SpikeVerdictEntity));
  }

  /** Agencies of these kinds at work in any of these counties. */
  around(
    tx: SystemTx,
    counties: readonly string[],
    kinds: readonly AgencyKind[],
    alertId: string,
  ): Promise<AgencyAround[]> {
    return tx.query(around, [counties, kinds, alertId]);
  }

  tell(tx: SystemTx, agencyId: string, alert: Pick<SpikeAlertEntity, 'id' | 'openedAt'>, side: AlertSide): void {
    tx.post(tell, [agencyId, alert.id, side, alert.openedAt]);
  }

  ask(tx: SystemTx, agencyId: string, alertId: string, kind: AlertActionKind): void {
    tx.post(action.statement, action.valuesOf({ id: randomUUID(), alertId, agencyId, kind, changedAt: tx.asOf }));
  }

  /** The provider has attested the last of its places since the alert: what was asked of it is done. */
  bedsCounted(tx: SystemTx, agencyId: string): Promise<{ id: string; alertId: string }[]> {
    return tx.query(bedsCounted, [agencyId]);
  }
}
