import { nextAlert, type OpenAlert } from './alert-state';
import type { Pooled } from './baseline';
import { PlaceHistory, type Report, type Watched } from './place-history';
import { DAY_MS, dayOf, HOUR_MS } from './timeline';
import type { Assessment, Watcher } from './watch';

/** A report with the moment it became known: nothing is judged by what nobody knew yet. */
export interface KnownReport extends Report {
  readonly knownAt: number;
}

/** One alert from opening to closing, with what was known when it was raised and at its height. */
export interface Alert {
  readonly place: string;
  readonly raisedAt: number;
  /** `null`: still open when the file ends. */
  readonly end: number | null;
  readonly raised: Assessment;
  readonly peak: Assessment;
  /** Every moment at which it was a spike, in order. */
  readonly spikesAt: readonly number[];
}

export type PooledOn = (day: number) => Pooled | null;

interface Replay {
  readonly place: string;
  /** In the order in which they became known. */
  readonly events: readonly KnownReport[];
  /** What was known before is history that nobody is asked about; left out: the first report. */
  readonly from?: number;
  readonly until: number;
  readonly watcher: Watcher;
  readonly pooledOn: PooledOn;
  readonly quietHours: number;
  readonly watched?: Watched | undefined;
}

type LoggedAlert = { -readonly [part in keyof Alert]: Alert[part] } & { readonly spikesAt: number[] };

class AlertLog {
  readonly alerts: LoggedAlert[] = [];
  private open: OpenAlert | null = null;

  constructor(
    private readonly place: string,
    private readonly quietHours: number,
  ) {}

  get isOpen(): boolean {
    return this.open !== null;
  }

  take(asOf: number, assessment: Assessment): void {
    const { isSpike, isQuiet, isLate = false, score } = assessment;
    const step = nextAlert(this.open, { asOf, isSpike, isQuiet, isLate }, this.quietHours);
    this.open = step.alert;
    if (step.change === 'OPENED') {
      const opened = { raisedAt: asOf, end: null, raised: assessment, peak: assessment };
      this.alerts.push({ place: this.place, ...opened, spikesAt: [] });
    }
    const latest = this.alerts.at(-1) as LoggedAlert;
    if (isSpike && this.open !== null) latest.spikesAt.push(asOf);
    if (step.change === 'UPDATED' && score > latest.peak.score) latest.peak = assessment;
    if (step.change === 'CLOSED') latest.end = asOf;
  }
}

/** Days whole methods look at midnight; an open alert of a method that looks at every insert is looked at every hour besides. */
const tick = ({ watcher }: Replay, isOpen: boolean): number => (watcher.isDaily ? DAY_MS : isOpen ? HOUR_MS : Infinity);

/** Plays one place’s reports in the order they became known, and asks at each of them with what was known by then. */
export const replay = (run: Replay): readonly Alert[] => {
  const history = new PlaceHistory(run.place, run.watched);
  const log = new AlertLog(run.place, run.quietHours);
  const ask = (asOf: number, since: number): void =>
    log.take(asOf, run.watcher.assess(history, { asOf, since, pooled: run.pooledOn(dayOf(asOf)) }));
  const from = run.from ?? -Infinity;
  const played = run.events.filter(({ knownAt }) => knownAt >= from);
  for (const event of run.events) if (event.knownAt < from) history.add(event);
  let now = played[0]?.knownAt ?? run.until;
  const wait = (until: number): void => {
    for (;;) {
      const step = tick(run, log.isOpen);
      const next = (Math.floor(now / step) + 1) * step;
      if (!(next <= until)) break;
      ask(next, next);
      now = next;
    }
    now = until;
  };
  for (let index = 0; index < played.length;) {
    const { knownAt } = played[index] as KnownReport;
    wait(knownAt);
    let since = knownAt;
    for (; played[index]?.knownAt === knownAt; index += 1) {
      const event = played[index] as KnownReport;
      history.add(event);
      since = Math.min(since, event.occurredAt);
    }
    if (!run.watcher.isDaily) ask(knownAt, since);
  }
  wait(run.until);
  return log.alerts;
};
