import { HOUR_MS } from './timeline';

/** What of a verdict moves an alert. */
export interface AlertSignal {
  readonly asOf: number;
  readonly isSpike: boolean;
  /** The last 24 hours are within their expectation, whatever longer windows still hold of the burst. */
  readonly isQuiet: boolean;
  /** The spike lies in the past: reports of it came late. It is news all the same, however quiet the last 24 hours are. */
  readonly isLate?: boolean;
  /** Reports were taken back, and by those that are left nothing ever was a spike while it is open. */
  readonly isBaseless?: boolean;
  /** It rests on what a human has just dismissed. */
  readonly isHeld?: boolean;
}

export interface OpenAlert {
  readonly openedAt: number;
  readonly lastSpikeAt: number;
  /** Since when the counts have been back at their expectation without a break; `null`: they are not. */
  readonly quietSince: number | null;
}

export type AlertStep =
  | { readonly change: 'NONE'; readonly alert: OpenAlert | null }
  | { readonly change: 'HELD'; readonly alert: null }
  | { readonly change: 'OPENED' | 'UPDATED'; readonly alert: OpenAlert }
  | { readonly change: 'CLOSED' | 'WITHDRAWN'; readonly alert: null };

const isNews = ({ isSpike, isQuiet, isLate = false }: AlertSignal): boolean => !isQuiet || (isSpike && isLate);

const whetherToOpen = ({ asOf, isSpike, isHeld = false }: AlertSignal): AlertStep => {
  if (!isSpike) return { change: 'NONE', alert: null };
  if (isHeld) return { change: 'HELD', alert: null };
  return { change: 'OPENED', alert: { openedAt: asOf, lastSpikeAt: asOf, quietSince: null } };
};

/**
 * Opened by a spike, updated by every further one, closed when the last 24 hours have been quiet for `quietHours`: one burst is one
 * alert, however its counts flicker around the threshold. Quiet outweighs spike once an alert is open, because the 72-hour window
 * remembers a burst that is over; after 48 quiet hours that window is clear as well, and only a new spike opens anew. What is still being
 * told of a past burst keeps its alert open: it is the same burst.
 */
export const nextAlert = (alert: OpenAlert | null, signal: AlertSignal, quietHours: number): AlertStep => {
  const { asOf, isSpike, isBaseless = false } = signal;
  if (alert === null) return whetherToOpen(signal);
  if (isBaseless) return { change: 'WITHDRAWN', alert: null };
  if (isNews(signal)) {
    const lastSpikeAt = isSpike ? asOf : alert.lastSpikeAt;
    return { change: isSpike ? 'UPDATED' : 'NONE', alert: { ...alert, lastSpikeAt, quietSince: null } };
  }
  const quietSince = alert.quietSince ?? asOf;
  if (asOf - quietSince >= quietHours * HOUR_MS) return { change: 'CLOSED', alert: null };
  return { change: 'NONE', alert: { ...alert, quietSince } };
};
