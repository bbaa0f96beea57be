import { Injectable } from '@nestjs/common';
import { counties } from '../agencies';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { Reader } from '../platform/database/reader';
import type { ReplaySpikesArgs, SpikeChartArgs } from './alerts.inputs';
import { AlertsStore } from './alerts.store';
import { historyOf, knownReports, pooledFrom } from './county-history';
import { baselineOf } from './engine/baseline';
import { drawChart, type ChartStep } from './engine/chart';
import { daysUpTo } from './engine/place-clock';
import { defaultSpikePolicy } from './engine/policy';
import { replay } from './engine/replay';
import { DAY_MS } from './engine/timeline';
import { ours, type Assessment } from './engine/watch';
import { placeClockOf } from './place-clocks';
import { rounded, shownWindow } from './shown-counts';
import { SpikesStore, type CountedEvent } from './spikes.store';

const REPLAY_DAYS_LIMIT = 92;
const REPLAY_EVENTS_LIMIT = 5_000;
const YEAR_DAYS = 365.25;
const HISTORY_DAYS = defaultSpikePolicy.baselineDays + 30;

interface Past {
  readonly events: readonly CountedEvent[];
  readonly pooled: ReturnType<typeof pooledFrom>;
}

/** What a county’s past looks like, and what the detector makes of it. Counts only. */
@Injectable()
export class PastSpikesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly alerts: AlertsStore,
    private readonly spikes: SpikesStore,
  ) {}

  async chart(reader: Reader, { countyFips, days }: SpikeChartArgs): Promise<{ svg: string } | Refusal> {
    const county = await this.countyOf(reader, countyFips);
    if (isRefusal(county)) return county;
    const clock = placeClockOf(countyFips);
    const until = await this.spikes.now(reader);
    const { events, pooled } = await this.past(
      countyFips,
      new Date(until.getTime() - (HISTORY_DAYS + days) * DAY_MS),
      until,
    );
    const history = historyOf(countyFips, events, clock);
    const counted = new Map<string, number>();
    for (const { occurredAt } of knownReports(events, clock)) {
      const day = clock.dayOf(clock.moment(occurredAt));
      counted.set(day, (counted.get(day) ?? 0) + 1);
    }
    const shown = daysUpTo(clock, until, days).map((day): ChartStep => {
      const noon = Date.parse(`${day}T12:00:00Z`);
      const baseline = baselineOf(history.all, noon, defaultSpikePolicy, pooled);
      return {
        at: day,
        count: counted.get(day) ?? 0,
        compared: baseline.days > 0 ? rounded(baseline.perDay) : null,
      };
    });
    const own = await this.alerts.page(reader, REPLAY_DAYS_LIMIT, null, null);
    const alerts = own
      .filter((alert) => alert.countyFips === countyFips)
      .map(({ openedAt, closedAt }) => ({ from: clock.dayOf(openedAt), until: closedAt && clock.dayOf(closedAt) }));
    const title = `Overdoses a day, ${county}`;
    return {
      svg: drawChart({ title, unit: 'day', line: 'what was expected', steps: shown, isLastOpen: true, alerts }),
    };
  }

  async replay(reader: Reader, { countyFips, from, until }: ReplaySpikesArgs) {
    const county = await this.countyOf(reader, countyFips);
    if (isRefusal(county)) return county;
    const clock = placeClockOf(countyFips);
    const now = await this.spikes.now(reader);
    const wrong = periodProblem(from, until, now);
    if (wrong) return wrong;
    const { events, pooled } = await this.past(countyFips, new Date(from.getTime() - HISTORY_DAYS * DAY_MS), until);
    const within = events.filter(({ occurredAt }) => occurredAt >= from).length;
    if (within > REPLAY_EVENTS_LIMIT) {
      return invalid('until', 'So many reports are not played at once.', 'Ask for a shorter period.');
    }
    const watcher = ours(defaultSpikePolicy);
    const played = replay({
      place: countyFips,
      events: knownReports(events, clock),
      from: clock.read(from),
      until: clock.read(until),
      watcher,
      pooledOn: () => pooled,
      quietHours: defaultSpikePolicy.quietHours,
    });
    const years = (until.getTime() - from.getTime()) / DAY_MS / YEAR_DAYS;
    return {
      alerts: played.map(({ raisedAt, end, raised }) => ({
        raisedAt: clock.moment(raisedAt),
        endedAt: end === null ? null : clock.moment(end),
        windows: windowsOf(raised).map(shownWindow),
      })),
      events: within,
      alertsPerYear: Number((played.length / years).toPrecision(4)),
      policyVersion: defaultSpikePolicy.version,
    };
  }

  /** The county by name where the actor’s agency works in it or next to it. */
  private async countyOf(reader: Reader, countyFips: string): Promise<string | Refusal> {
    const county = counties().county(countyFips);
    const own = await this.alerts.countiesOf(reader, reader.actor.agencyId);
    const isNear = county !== null && [countyFips, ...county.neighbours].some((fips) => own.includes(fips));
    return (isNear && counties().titleOf(countyFips)) || notFound('county of your agency, or next to one');
  }

  /** Read as Handrail: events are nobody’s record. */
  private async past(countyFips: string, from: Date, until: Date): Promise<Past> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const rates = await this.spikes.rates(reader, until);
    return {
      events: await this.spikes.eventsIn(reader, countyFips, from, until),
      pooled: pooledFrom(rates, countyFips),
    };
  }
}

/** As the watcher wrote them: `24h` and so on. Chances are not part of a replay. */
const windowsOf = ({ counts, expected }: Assessment) =>
  Object.entries(counts).map(([hours, count]) => ({
    hours: parseInt(hours, 10),
    count,
    expected: expected[hours] ?? 0,
    p: null,
  }));

const periodProblem = (from: Date, until: Date, now: Date): Refusal | null => {
  if (until <= from) return invalid('until', 'The period ends before it begins.', 'Send an end after `from`.');
  if (until > now) return invalid('until', 'The period is not over yet.', 'Send an end that is not to come.');
  if (until.getTime() - from.getTime() > REPLAY_DAYS_LIMIT * DAY_MS) {
    return invalid('until', `A period is at most ${REPLAY_DAYS_LIMIT} days.`, 'Ask for several shorter periods.');
  }
  return null;
};
