import { nextAlert, type OpenAlert } from '../../src/surveillance/engine/alert-state';
import type { Pooled } from '../../src/surveillance/engine/baseline';
import { PlaceHistory } from '../../src/surveillance/engine/place-history';
import { DAY_MS, dayOf, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { FileEvent } from './read-events';
import type { Assessment, Watcher } from './watch';

/** One alert from opening to closing, with what was known when it was raised and at its height. */
export interface Alert {
  readonly place: string;
  readonly raisedAt: number;
  /** `null`: still open when the file ends. */
  readonly end: number | null;
  readonly raised: Assessment;
  readonly peak: Assessment;
}

export type PooledOn = (day: number) => Pooled | null;

interface Replay {
  readonly place: string;
  readonly events: readonly FileEvent[];
  readonly until: number;
  readonly watcher: Watcher;
  readonly pooledOn: PooledOn;
  readonly quietHours: number;
  /** Told how long each insert with its verdict took, milliseconds. */
  readonly onInsert?: (milliseconds: number) => void;
}

class AlertLog {
  readonly alerts: Alert[] = [];
  private open: OpenAlert | null = null;
  private raised: Assessment | null = null;
  private peak: Assessment | null = null;

  constructor(
    private readonly place: string,
    private readonly quietHours: number,
  ) {}

  get isOpen(): boolean {
    return this.open !== null;
  }

  take(asOf: number, assessment: Assessment): void {
    const { isSpike, isQuiet } = assessment;
    const step = nextAlert(this.open, { asOf, isSpike, isQuiet }, this.quietHours);
    const before = this.open;
    this.open = step.alert;
    if (step.change === 'OPENED') this.raised = this.peak = assessment;
    if (step.change === 'UPDATED' && assessment.score > (this.peak?.score ?? 0)) this.peak = assessment;
    if (step.change === 'CLOSED' && before !== null) this.note(before.openedAt, asOf);
  }

  finish(): readonly Alert[] {
    if (this.open !== null) this.note(this.open.openedAt, null);
    return this.alerts;
  }

  private note(raisedAt: number, end: number | null): void {
    if (this.raised === null || this.peak === null) return;
    this.alerts.push({ place: this.place, raisedAt, end, raised: this.raised, peak: this.peak });
  }
}

/** Days whole methods look at midnight; an open alert of a method that looks at every insert is looked at every hour besides. */
const tick = ({ watcher }: Replay, isOpen: boolean): number => (watcher.isDaily ? DAY_MS : isOpen ? HOUR_MS : Infinity);

/** Plays one place’s reports in the order they became known, and asks at each of them with what was known by then. */
export const replay = (run: Replay): readonly Alert[] => {
  const history = new PlaceHistory(run.place);
  const log = new AlertLog(run.place, run.quietHours);
  const ask = (asOf: number, since: number): void =>
    log.take(asOf, run.watcher.assess(history, { asOf, since, pooled: run.pooledOn(dayOf(asOf)) }));
  let now = run.events[0]?.knownAt ?? run.until;
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
  for (let index = 0; index < run.events.length;) {
    const { knownAt } = run.events[index] as FileEvent;
    wait(knownAt);
    const started = performance.now();
    let since = knownAt;
    let inserted = 0;
    for (; run.events[index]?.knownAt === knownAt; index += 1, inserted += 1) {
      const event = run.events[index] as FileEvent;
      history.add(event);
      since = Math.min(since, event.occurredAt);
    }
    if (!run.watcher.isDaily) ask(knownAt, since);
    run.onInsert?.((performance.now() - started) / inserted);
  }
  wait(run.until);
  return log.finish();
};
