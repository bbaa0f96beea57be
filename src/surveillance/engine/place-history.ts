import { defaultSpikePolicy } from './policy';
import { HOUR_MS, Timeline, type UnobservedDays } from './timeline';

/** A de-duplicated event as surveillance sees it: when, and who reported it. */
export interface Report {
  /** Milliseconds of the place’s clock. */
  readonly occurredAt: number;
  /** Police, EMS, hospital, deaths …; `undefined` where there is one stream only. */
  readonly stream?: string | undefined;
  /** Where several have reported the same event: it counts once, and once in each of these. */
  readonly streams?: readonly string[];
  /** When it became known; left out: at once. */
  readonly knownAt?: number;
}

/** All that is known of one place at this moment: every event once, and each stream by itself. */
export class PlaceHistory {
  readonly all: Timeline;
  /** Those that came in soon after they occurred: what comes later is no news of now, as a backlog that is imported. */
  readonly prompt: Timeline;
  /** When the first of its reports became known. */
  watchedFrom = Infinity;
  private readonly byStream = new Map<string, Timeline>();

  constructor(
    readonly place: string,
    private readonly unobserved?: UnobservedDays,
  ) {
    this.all = new Timeline(unobserved);
    this.prompt = new Timeline(unobserved);
  }

  /** Streams that have reported, in the order of their names. */
  get streams(): readonly (readonly [string, Timeline])[] {
    return [...this.byStream].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  add(report: Report): void {
    this.all.add(report.occurredAt);
    this.watchedFrom = Math.min(this.watchedFrom, report.knownAt ?? report.occurredAt);
    if (this.isPrompt(report)) this.prompt.add(report.occurredAt);
    for (const stream of streamsOf(report)) {
      const known = this.byStream.get(stream) ?? new Timeline(this.unobserved);
      known.add(report.occurredAt);
      this.byStream.set(stream, known);
    }
  }

  /** Takes a report back: corrected, cancelled, or found to be a duplicate. `false`: there is no such report. */
  remove(report: Report): boolean {
    const { occurredAt } = report;
    const timelines = streamsOf(report).map((stream) => this.byStream.get(stream));
    if (timelines.some((timeline) => timeline?.lastUpTo(occurredAt) !== occurredAt)) return false;
    for (const timeline of timelines) timeline?.remove(occurredAt);
    if (this.isPrompt(report)) this.prompt.remove(occurredAt);
    return this.all.remove(occurredAt);
  }

  private isPrompt({ occurredAt, knownAt = occurredAt }: Report): boolean {
    return knownAt - occurredAt <= defaultSpikePolicy.promptHours * HOUR_MS;
  }
}

const streamsOf = ({ stream, streams }: Report): readonly string[] => streams ?? (stream === undefined ? [] : [stream]);
