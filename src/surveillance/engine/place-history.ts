import { Timeline } from './timeline';

/** A de-duplicated event as surveillance sees it: when, and who reported it. */
export interface Report {
  /** Milliseconds of the place’s clock. */
  readonly occurredAt: number;
  /** Police, EMS, hospital, deaths …; `undefined` where there is one stream only. */
  readonly stream?: string | undefined;
}

/** All that is known of one place at this moment: every event once, and each stream by itself. */
export class PlaceHistory {
  readonly all = new Timeline();
  private readonly byStream = new Map<string, Timeline>();

  constructor(readonly place: string) {}

  /** Streams that have reported, in the order of their names. */
  get streams(): readonly (readonly [string, Timeline])[] {
    return [...this.byStream].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  add({ occurredAt, stream }: Report): void {
    this.all.add(occurredAt);
    if (stream === undefined) return;
    const known = this.byStream.get(stream) ?? new Timeline();
    known.add(occurredAt);
    this.byStream.set(stream, known);
  }

  /** Takes a report back: corrected, cancelled, or found to be a duplicate. `false`: there is no such report. */
  remove({ occurredAt, stream }: Report): boolean {
    if (stream !== undefined && this.byStream.get(stream)?.remove(occurredAt) !== true) return false;
    return this.all.remove(occurredAt);
  }
}
