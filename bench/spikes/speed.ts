import { Thresholds } from '../../src/surveillance/engine/calibration';
import { diceFrom, waitingTime, type Dice } from '../../src/surveillance/engine/dice';
import { judgePlace } from '../../src/surveillance/engine/judge';
import { PlaceHistory } from '../../src/surveillance/engine/place-history';
import type { SpikePolicy } from '../../src/surveillance/engine/policy';
import { DAY_MS } from '../../src/surveillance/engine/timeline';

const TEN_YEARS_DAYS = 3652;
const MEASURED_DAYS = 120;
const LATE_EVERY = 10;

export interface Speed {
  readonly reportsPerDay: number;
  readonly historyReports: number;
  readonly inserts: number;
  /** Milliseconds for an insert with its verdict: in the middle, at the 99th of a hundred, and the slowest. */
  readonly median: number;
  readonly p99: number;
  readonly slowest: number;
}

const reports = (perDay: number, days: number, dice: Dice): number[] => {
  const times: number[] = [];
  for (let at = waitingTime(dice) / perDay; at < days; at += waitingTime(dice) / perDay) {
    times.push(Math.floor(at * DAY_MS));
  }
  return times;
};

/** Inserts and verdicts after ten years of history; each tenth report comes two days late. Made-up reports, seeded. */
export const measureSpeed = (perDay: number, policy: SpikePolicy): Speed => {
  const times = reports(perDay, TEN_YEARS_DAYS + MEASURED_DAYS, diceFrom(1));
  const history = new PlaceHistory('39061');
  const judge = { policy, thresholds: new Thresholds(policy) };
  const before = times.filter((at) => at < TEN_YEARS_DAYS * DAY_MS);
  for (const occurredAt of before) history.add({ occurredAt });
  const took = times.slice(before.length).map((at, index) => {
    const occurredAt = index % LATE_EVERY === 0 ? at - 2 * DAY_MS : at;
    const started = performance.now();
    history.add({ occurredAt });
    judgePlace(history, { asOf: at, since: occurredAt, pooled: null }, judge);
    return performance.now() - started;
  });
  took.sort((one, other) => one - other);
  const quantile = (share: number): number =>
    Number((took[Math.floor(share * (took.length - 1))] as number).toFixed(3));
  return {
    reportsPerDay: perDay,
    historyReports: before.length,
    inserts: took.length,
    median: quantile(0.5),
    p99: quantile(0.99),
    slowest: quantile(1),
  };
};
