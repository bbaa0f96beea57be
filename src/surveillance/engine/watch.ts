import { Thresholds } from './calibration';
import type { Pooled } from './baseline';
import { judgePlace, type Judge } from './judge';
import type { PlaceHistory } from './place-history';
import type { SpikePolicy } from './policy';

/** What a method says about one place at one moment; the same for the engine and for the methods it is compared with. */
export interface Assessment {
  readonly isSpike: boolean;
  readonly isQuiet: boolean;
  /** The spike lies in the past. */
  readonly isLate?: boolean;
  /** Evidence, larger is stronger; of no meaning between methods. */
  readonly score: number;
  /** By window: `24h` and so on. */
  readonly counts: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Question {
  readonly asOf: number;
  readonly since: number;
  readonly pooled: Pooled | null;
}

export interface Watcher {
  /** Looks at midnight only, at the day that has ended. */
  readonly isDaily: boolean;
  assess(history: PlaceHistory, question: Question): Assessment;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

export const ours = (policy: SpikePolicy): Watcher => {
  const judge: Judge = { policy, thresholds: new Thresholds(policy) };
  return {
    isDaily: false,
    assess(history, question) {
      const verdict = judgePlace(history, question, judge);
      const byWindow = (read: (window: (typeof verdict.windows)[number]) => number) =>
        Object.fromEntries(verdict.windows.map((window) => [`${window.hours}h`, rounded(read(window))]));
      return {
        isSpike: verdict.isSpike,
        isQuiet: verdict.isQuiet,
        isLate: verdict.windowsEnd < verdict.asOf,
        score: Math.log(verdict.threshold) - Math.log(Math.max(verdict.p, Number.MIN_VALUE)),
        counts: byWindow(({ count }) => count),
        expected: byWindow(({ expected }) => expected),
        details: {
          leadingHours: verdict.leadingHours,
          p: rounded(verdict.p),
          threshold: rounded(verdict.threshold),
          reasons: verdict.reasons.map(({ code }) => code),
          notes: verdict.notes,
          ...(verdict.streams.length > 0 ? { streams: verdict.streams } : {}),
          historyDays: verdict.historyDays,
        },
      };
    },
  };
};
