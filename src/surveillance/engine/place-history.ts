import { defaultSpikePolicy } from './policy';
import { DAY_MS, dayOf, HOUR_MS, Timeline, type UnobservedDays } from './timeline';

/** A de-duplicated event as surveillance sees it: when, and who reported it. */
export interface Report {
  /** Milliseconds of the place’s clock. */
  readonly occurredAt: number;
  /** Police, EMS, hospital, deaths …; `undefined` where there is one stream only. */
  readonly stream?: string | undefined;
  /** Where several have reported the same event: it counts once, and once in each of these. */
  readonly streams?: readonly string[];
  /** The hour is not known: `occurredAt` is `endOfDay`. */
  readonly isDayOnly?: boolean;
  /** When it became known; left out: at once. */
  readonly knownAt?: number;
}

/** What is known of who watched a place, and when. */
export interface Watched {
  /** Days of which nothing is known. */
  readonly unobserved?: UnobservedDays | undefined;
  /** When somebody began to count it, if that is known: then days before the first report are days of none. */
  readonly since?: number | undefined;
  /** When who reports it began to report any place: that this one was not among them says something, if no number. */
  readonly reportedSince?: number | undefined;
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
    private readonly watched: Watched = {},
  ) {
    this.all = new Timeline(watched.unobserved, watched.since);
    this.prompt = new Timeline(watched.unobserved, watched.since);
  }

  /** Streams that have reported, in the order of their names. */
  get streams(): readonly (readonly [string, Timeline])[] {
    return [...this.byStream].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Days in which there might have been reports of it. */
  daysAsked(today: number): number {
    const since = Math.min(this.all.since ?? Infinity, this.watched.reportedSince ?? Infinity);
    return since === Infinity ? 0 : Math.max(0, today - dayOf(since));
  }

  add(report: Report): void {
    const { occurredAt, isDayOnly } = report;
    this.all.add(occurredAt, isDayOnly);
    this.watchedFrom = Math.min(this.watchedFrom, report.knownAt ?? occurredAt);
    if (this.isPrompt(report)) this.prompt.add(occurredAt, isDayOnly);
    for (const stream of streamsOf(report)) {
      const known = this.byStream.get(stream) ?? new Timeline(this.watched.unobserved);
      known.add(occurredAt, isDayOnly);
      this.byStream.set(stream, known);
    }
  }

  /** Takes a report back: corrected, cancelled, or found to be a duplicate. `false`: there is no such report. */
  remove(report: Report): boolean {
    const { occurredAt, isDayOnly } = report;
    const timelines = streamsOf(report).map((stream) => this.byStream.get(stream));
    if (timelines.some((timeline) => timeline?.lastUpTo(occurredAt) !== occurredAt)) return false;
    for (const timeline of timelines) timeline?.remove(occurredAt, isDayOnly);
    if (this.isPrompt(report)) this.prompt.remove(occurredAt, isDayOnly);
    return this.all.remove(occurredAt, isDayOnly);
  }

  private isPrompt({ occurredAt, knownAt = occurredAt }: Report): boolean {
    return knownAt - occurredAt <= defaultSpikePolicy.promptHours * HOUR_MS;
  }
}

/** Between where a day begins in any of the places and in Greenwich. */
const ZONES_MS = 8 * HOUR_MS;

/**
 * Where a report of a day alone stands: at the end of that day, or when it was reported if that was before. Such a report says where its day
 * begins, on a clock that may be an hour or some zones behind, or where nobody knew better some moment of it.
 */
export const endOfDay = (dayBegins: number, knownAt: number): number => {
  const next = dayOf(dayBegins + ZONES_MS) * DAY_MS;
  const start = next < knownAt ? next : dayOf(dayBegins) * DAY_MS;
  return Math.min(start + DAY_MS - 1, Math.max(start + 1, knownAt));
};

const streamsOf = ({ stream, streams }: Report): readonly string[] => streams ?? (stream === undefined ? [] : [stream]);
