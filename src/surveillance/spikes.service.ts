import { Injectable } from '@nestjs/common';
import { counties } from '../agencies';
import type { AgencyKind } from '../kernel/vocabulary';
import type { SystemTx } from '../platform/database/tx';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { historyOf, locatedReports, pooledFrom } from './county-history';
import { actionsFor, alertedKinds, type AlertSide } from './engine/action-list';
import { nextAlert, type AlertStep, type OpenAlert } from './engine/alert-state';
import { Thresholds } from './engine/calibration';
import { defaultClusterPolicy } from './engine/cluster-policy';
import { findCluster, type ClusterVerdict, type LocatedReport } from './engine/clusters';
import { diceFrom } from './engine/dice';
import { afterDismissals, type AfterDismissals, type Dismissal } from './engine/dismissal';
import { judgePlace } from './engine/judge';
import { wantsToHear } from './engine/neighbour-choice';
import type { PlaceClock } from './engine/place-clock';
import type { PlaceHistory } from './engine/place-history';
import { defaultSpikePolicy } from './engine/policy';
import { DAY_MS, HOUR_MS } from './engine/timeline';
import type { SpikeVerdict } from './engine/verdict';
import { placeClockOf } from './place-clocks';
import type { SpikeAlertEntity } from './spike-alert.entity';
import { SpikeCausesStore, type Cause } from './spike-causes.store';
import { SpikesStore, type AgencyAround, type CountyRate } from './spikes.store';
import {
  ALERT_ACTION_CHANGED,
  SPIKE_ALERT_CLOSED,
  SPIKE_ALERT_OPENED,
  SPIKE_ALERT_UPDATED,
} from './surveillance.events';

const LOOK_AGAIN_MS = HOUR_MS;
/** As many open alerts as one sweep looks at. */
const SWEEP_LIMIT = 50;
/** How long what the other counties teach is good: they change by the day. */
const RATES_MS = HOUR_MS;
const HISTORY_DAYS = defaultSpikePolicy.baselineDays + 30;
const LONGEST_MS = (defaultSpikePolicy.windowHours.at(-1) as number) * HOUR_MS;

const TIME_HAS_PASSED: Cause = { since: null, isTakenBack: false };

interface Look {
  readonly verdict: SpikeVerdict;
  readonly cluster: ClusterVerdict | null;
  readonly step: AlertStep;
  readonly dismissed: AfterDismissals;
}

const NONE_DISMISSED: AfterDismissals = { heldBy: null, after: null };

/**
 * Judges a county at once when anything is told of it, late and corrected reports included, and tells whoever must know. What is told
 * while it looks has one more look, however much it is.
 */
@Injectable()
export class SpikesService {
  readonly #due = new DueSweep({ batch: SWEEP_LIMIT, atOnce: 1 });
  readonly #waiting = new DueSweep({ batch: SWEEP_LIMIT, atOnce: 1 });
  readonly #thresholds = new Thresholds(defaultSpikePolicy);
  #rates: { readonly until: number; readonly rates: readonly CountyRate[] } = { until: -Infinity, rates: [] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SpikesStore,
    private readonly causes: SpikeCausesStore,
  ) {}

  /** Looks once at each county of which something was told since somebody looked. True when there was one. */
  async judgeWaiting(): Promise<boolean> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    let hasLooked = false;
    await this.#waiting.run(
      (limit, resting) => this.causes.waiting(reader, limit, resting),
      async ({ id }) => {
        hasLooked = true;
        await this.look(id, (tx) => this.causes.take(tx, id));
        return true;
      },
    );
    return hasLooked;
  }

  /** Open alerts end when nothing is reported any more: somebody has to look. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await this.#due.run(
      (limit, resting) => this.store.toLookAt(reader, limit, resting),
      async ({ countyFips }) => {
        await this.look(countyFips, () => Promise.resolve(TIME_HAS_PASSED));
        return true;
      },
    );
  }

  /** A provider has attested places: all of them, and what an alert asks of it is done. */
  async censusPosted(agencyId: string): Promise<void> {
    await this.unitOfWork.runAsSystem(agencyId, { name: 'countBeds', isHousekeeping: true }, async (tx) => {
      for (const { id, alertId } of await this.store.bedsCounted(tx, agencyId)) {
        tx.audit({ action: 'alert-action.done', subjectType: 'AlertAction', subjectId: id, details: { alertId } });
        tx.emit({ name: ALERT_ACTION_CHANGED, subjectType: 'AlertAction', subjectId: id, payload: { alertId } });
      }
      return { id: agencyId };
    });
  }

  private async look(countyFips: string, causeOf: (tx: SystemTx) => Promise<Cause | null>): Promise<void> {
    const command = { name: 'judgeSpikes', isHousekeeping: true } as const;
    await this.unitOfWork.runAsSystem(NO_AGENCY, command, async (tx) => {
      const cause = await causeOf(tx);
      if (cause === null) return { id: NO_AGENCY };
      this.store.takeTurn(tx, countyFips);
      const alert = await this.store.openOf(tx, countyFips);
      const look = await this.judge(tx, countyFips, cause, alert);
      const id = this.take(tx, countyFips, alert, look);
      // Time frees what is held back: somebody has to look then too.
      const heldById = heldBy(look);
      this.store.lookAgain(tx, countyFips, heldById, lookAfter(tx));
      // What changes nothing and was asked by nobody is not kept: an open alert is looked at every hour.
      if (cause.since !== null || isNews(look)) this.keep(tx, countyFips, id ?? heldById, look);
      if (id !== null && look.verdict.isSpike) {
        await this.tellAround(tx, { id, countyFips, openedAt: alert?.openedAt ?? tx.asOf }, look.verdict);
      }
      return { id: id ?? NO_AGENCY };
    });
  }

  private async judge(
    tx: SystemTx,
    countyFips: string,
    { since, isTakenBack }: Cause,
    alert: SpikeAlertEntity | undefined,
  ): Promise<Look> {
    const clock = placeClockOf(countyFips);
    const asOf = clock.read(tx.asOf);
    const from = new Date(tx.asOf.getTime() - HISTORY_DAYS * DAY_MS);
    const events = await this.store.eventsIn(tx, countyFips, from, tx.asOf);
    const pooled = pooledFrom(await this.rates(tx), countyFips);
    const moment = { asOf, since: since === null ? undefined : clock.read(since), pooled };
    const judge = { policy: defaultSpikePolicy, thresholds: this.#thresholds };
    const history = historyOf(countyFips, events, clock);
    const verdict = judgePlace(history, moment, judge);
    const located = locatedReports(events, clock, asOf);
    const cluster = clusterAt(located, asOf);
    const hasCluster = cluster !== null && cluster.isCluster;
    const isSpike = verdict.isSpike || hasCluster;
    const wasSpike = (at: number): boolean =>
      judgePlace(history, { asOf: at, pooled }, judge).isSpike || hadCluster(located, at);
    const isBaseless =
      isTakenBack &&
      alert !== undefined &&
      !isSpike &&
      !reportsSince(history, clock.read(alert.openedAt), asOf).some(wasSpike);
    const isLate = verdict.windowsEnd < asOf;
    const found = { verdict, cluster: hasCluster ? cluster : null };
    const dismissed = await this.afterDismissals(tx, countyFips, alert, found);
    const isHeld = dismissed.heldBy !== null;
    const signal = { asOf, isSpike, isQuiet: verdict.isQuiet && !hasCluster, isLate, isBaseless, isHeld };
    const step = nextAlert(alert ? onClock(alert, clock) : null, signal, defaultSpikePolicy.quietHours);
    return { ...found, verdict: { ...verdict, isSpike, notes: notesOf(verdict, isHeld) }, step, dismissed };
  }

  /** Asked by what windows could still reach: nothing older holds anything back. */
  private async afterDismissals(
    tx: SystemTx,
    countyFips: string,
    alert: SpikeAlertEntity | undefined,
    found: Pick<Look, 'verdict' | 'cluster'>,
  ): Promise<AfterDismissals> {
    if (alert || !(found.verdict.isSpike || found.cluster)) return NONE_DISMISSED;
    const since = new Date(tx.asOf.getTime() - defaultSpikePolicy.lateDays * DAY_MS - LONGEST_MS);
    const clock = placeClockOf(countyFips);
    const dismissals = (await this.store.dismissedOf(tx, countyFips, since)).map(
      ({ closedAt, ...dismissal }): Dismissal => ({ ...dismissal, at: clock.read(closedAt) }),
    );
    return afterDismissals(found, dismissals, defaultSpikePolicy);
  }

  /** Writes what the look makes of the alert; the id of the alert it belongs to, or null. */
  private take(
    tx: SystemTx,
    countyFips: string,
    alert: SpikeAlertEntity | undefined,
    { verdict, step, dismissed }: Look,
  ): string | null {
    const clock = placeClockOf(countyFips);
    const lookAt = lookAfter(tx);
    if (step.change === 'OPENED') {
      const opened = {
        countyFips,
        state: 'OPEN',
        openedAt: tx.asOf,
        lastSpikeAt: tx.asOf,
        peakP: verdict.p,
        lookAt,
        ...despite(dismissed),
      } as const;
      return this.note(tx, SPIKE_ALERT_OPENED, this.store.open(tx, opened), countyFips);
    }
    if (!alert) return null;
    if (step.alert === null) {
      const state = step.change === 'WITHDRAWN' ? 'WITHDRAWN' : 'QUIET';
      this.store.change(tx, { ...alert, state, closedAt: tx.asOf, lookAt: null });
      return this.note(tx, SPIKE_ALERT_CLOSED, alert.id, countyFips);
    }
    const { lastSpikeAt, quietSince } = step.alert;
    this.store.change(tx, {
      ...alert,
      lastSpikeAt: clock.moment(lastSpikeAt),
      quietSince: quietSince === null ? null : clock.moment(quietSince),
      peakP: verdict.isSpike ? verdict.p : alert.peakP,
      lookAt,
    });
    return step.change === 'UPDATED' ? this.note(tx, SPIKE_ALERT_UPDATED, alert.id, countyFips) : alert.id;
  }

  private note(tx: SystemTx, name: string, alertId: string, countyFips: string): string {
    tx.audit({ action: name, subjectType: 'SpikeAlert', subjectId: alertId, details: { countyFips } });
    tx.emit({ name, subjectType: 'SpikeAlert', subjectId: alertId, payload: { countyFips } });
    return alertId;
  }

  private keep(tx: SystemTx, countyFips: string, alertId: string | null, { verdict, cluster }: Look): void {
    const { isSpike, policyVersion } = verdict;
    this.store.keep(tx, { countyFips, asOf: tx.asOf, alertId, isSpike, verdict, cluster, policyVersion });
  }

  /** The county’s own agencies, and neighbours by their own choice; whoever was told stays told. */
  private async tellAround(
    tx: SystemTx,
    alert: Pick<SpikeAlertEntity, 'id' | 'countyFips' | 'openedAt'>,
    verdict: SpikeVerdict,
  ): Promise<void> {
    const { countyFips } = alert;
    const neighbours = counties().county(countyFips)?.neighbours ?? [];
    for (const agency of await this.store.around(tx, [countyFips, ...neighbours], alertedKinds, alert.id)) {
      const side: AlertSide = agency.countyFips.includes(countyFips) ? 'OWNING' : 'NEIGHBOUR';
      if (agency.isTold || (side === 'NEIGHBOUR' && !wantsToHear(agency.neighbours, verdict))) continue;
      this.store.tell(tx, agency.agencyId, alert, side);
      for (const kind of actionsFor({ ...(agency satisfies AgencyAround & { kind: AgencyKind }), side })) {
        this.store.ask(tx, agency.agencyId, alert.id, kind);
      }
    }
  }

  private async rates(tx: SystemTx): Promise<readonly CountyRate[]> {
    const now = tx.asOf.getTime();
    if (now >= this.#rates.until || now < this.#rates.until - RATES_MS) {
      this.#rates = { until: now + RATES_MS, rates: await this.store.rates(tx, tx.asOf) };
    }
    return this.#rates.rates;
  }
}

const clusterAt = (located: readonly LocatedReport[], at: number): ClusterVerdict | null =>
  findCluster(located, at, defaultClusterPolicy, diceFrom(Math.floor(at / HOUR_MS)));

const hadCluster = (located: readonly LocatedReport[], at: number): boolean =>
  clusterAt(
    located.filter(({ occurredAt }) => occurredAt <= at),
    at,
  )?.isCluster ?? false;

const heldBy = ({ dismissed }: Look): string | null => dismissed.heldBy?.id ?? null;

const despite = ({ after }: AfterDismissals): Pick<SpikeAlertEntity, 'openedDespite' | 'openedBecause'> => ({
  openedDespite: after?.id ?? null,
  openedBecause: after?.because ?? null,
});

const notesOf = ({ notes }: SpikeVerdict, isHeld: boolean): SpikeVerdict['notes'] =>
  isHeld ? [...notes, 'HELD_BACK'] : notes;

const isNews = ({ step }: Look): boolean => step.change !== 'NONE' && step.change !== 'HELD';

const lookAfter = ({ asOf }: SystemTx): Date => new Date(asOf.getTime() + LOOK_AGAIN_MS);

/** Moments at which an alert could have been raised or kept up: also those of late reports that raised it. */
const reportsSince = ({ all }: PlaceHistory, openedAt: number, asOf: number): readonly number[] => {
  return all.between(openedAt - defaultSpikePolicy.lateDays * DAY_MS - LONGEST_MS, asOf);
};

const onClock = ({ openedAt, lastSpikeAt, quietSince }: SpikeAlertEntity, clock: PlaceClock): OpenAlert => ({
  openedAt: clock.read(openedAt),
  lastSpikeAt: clock.read(lastSpikeAt),
  quietSince: quietSince === null ? null : clock.read(quietSince),
});
