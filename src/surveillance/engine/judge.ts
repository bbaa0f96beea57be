import { baselineOf, type Baseline, type Pooled } from './baseline';
import type { Thresholds } from './calibration';
import { together, windowEvidence, type WindowEvidence } from './evidence';
import type { PlaceHistory } from './place-history';
import type { SpikePolicy } from './policy';
import { DAY_MS, dayOf, HOUR_MS, type Timeline } from './timeline';
import type { noteCodes, Reason, SpikeVerdict, StreamVerdict } from './verdict';

export interface Moment {
  /** The moment of judgement; later events are not looked at. */
  readonly asOf: number;
  /**
   * When the report that came in (or was taken back) occurred. Windows that end between then and `asOf` are judged too, so that a
   * late report is seen where it belongs. Left out: now.
   */
  readonly since?: number | undefined;
  /** What the other places teach; `null`: there are none. */
  readonly pooled: Pooled | null;
}

export interface Judge {
  readonly policy: SpikePolicy;
  readonly thresholds: Pick<Thresholds, 'for'>;
}

interface Look {
  readonly end: number;
  readonly baseline: Baseline;
  readonly windows: readonly WindowEvidence[];
  readonly leading: WindowEvidence;
  readonly surprise: number;
  readonly isConcordant: boolean;
}

/** Windows reach no further back than the guard days: what is counted is never part of what it is compared with. */
const windowsOf = (policy: SpikePolicy, baseline: Baseline): readonly number[] =>
  policy.windowHours.filter((hours) => hours <= baseline.guardDays * 24);

const canJudge = (baseline: Baseline, policy: SpikePolicy): boolean =>
  baseline.isPooled || baseline.days >= policy.minimumDays;

interface Asked {
  readonly history: PlaceHistory;
  readonly pooled: Pooled | null;
  readonly judge: Judge;
}

const streamEvidence = (asked: Asked, timeline: Timeline, end: number, hours: number): WindowEvidence | null => {
  const baseline = baselineOf(timeline, end, asked.judge.policy, null);
  return canJudge(baseline, asked.judge.policy) ? windowEvidence(timeline, baseline, end, hours) : null;
};

/** Surprise of the streams taken together in one window, and whether there were two or more to ask. */
const concordance = (asked: Asked, end: number, hours: number): number | null => {
  const { streams } = asked.history;
  if (streams.length < 2) return null;
  const surprises = streams.flatMap(([, timeline]) => streamEvidence(asked, timeline, end, hours)?.surprise ?? []);
  return surprises.length < 2 ? null : together(surprises);
};

const lookAt = (asked: Asked, end: number): Look => {
  const { policy } = asked.judge;
  const baseline = baselineOf(asked.history.all, end, policy, asked.pooled);
  // Who has just begun to report may be importing a past: what comes in late then is not what happens now.
  const isNew = end - asked.history.watchedFrom < policy.lateDays * DAY_MS;
  const reports = isNew ? asked.history.prompt : asked.history.all;
  const windows = windowsOf(policy, baseline).map((hours) => windowEvidence(reports, baseline, end, hours));
  let best = { leading: windows[0] as WindowEvidence, surprise: 0, isConcordant: false };
  for (const window of windows) {
    if (window.count < policy.minimumCount) continue;
    const combined = isNew ? null : concordance(asked, end, window.hours);
    const strongest = Math.max(window.surprise, combined ?? 0);
    // Two questions asked of one window: the p value of the better answer counts double.
    const surprise = Math.max(0, strongest - (combined === null ? 0 : Math.LN2));
    if (surprise > best.surprise) best = { leading: window, surprise, isConcordant: strongest > window.surprise };
  }
  return { end, baseline, windows, ...best };
};

/**
 * Where windows end: now, and at each report whose windows hold the one that came late. Further back than `lateDays` nothing is
 * judged again: an alert about last month moves nobody.
 */
const endsOf = (timeline: Timeline, { asOf, since }: Moment, policy: SpikePolicy): readonly number[] => {
  if (since === undefined || since >= asOf) return [asOf];
  const from = Math.max(since, asOf - policy.lateDays * DAY_MS);
  const until = Math.min(asOf, from + (policy.windowHours.at(-1) as number) * HOUR_MS);
  return [...new Set([...timeline.between(from - 1, until), asOf])];
};

const decide = (look: Look, threshold: number, policy: SpikePolicy): { isSpike: boolean; reasons: Reason[] } => {
  const { hours } = look.leading;
  if (!canJudge(look.baseline, policy)) {
    const many = look.windows.find(({ hours: length, count }) => count >= (policy.newPlaceCounts[length] ?? Infinity));
    const reason: Reason = many ? { code: 'MANY_AT_ONCE', hours: many.hours } : { code: 'NOT_JUDGED', hours: null };
    return { isSpike: many !== undefined, reasons: [reason] };
  }
  if (look.surprise >= threshold) {
    const above: Reason = { code: 'ABOVE_EXPECTED', hours };
    return { isSpike: true, reasons: look.isConcordant ? [above, { code: 'STREAMS_AGREE', hours }] : [above] };
  }
  const rare = look.windows.find((window) => window.surprise >= threshold);
  const reason: Reason = rare ? { code: 'TOO_FEW', hours: rare.hours } : { code: 'WITHIN_EXPECTED', hours: null };
  return { isSpike: false, reasons: [reason] };
};

const streamsOf = (asked: Asked, { end, leading }: Look): readonly StreamVerdict[] =>
  asked.history.streams.flatMap(([stream, timeline]) => {
    const evidence = streamEvidence(asked, timeline, end, leading.hours);
    if (evidence === null) return [];
    const p = Math.exp(-evidence.surprise);
    const { count, expected } = evidence;
    return [{ stream, count, expected, p, isAgreeing: p <= asked.judge.policy.agreementP }];
  });

const notesOf = (asked: Asked, look: Look, moment: Moment): readonly (keyof typeof noteCodes)[] => {
  const { policy } = asked.judge;
  const { baseline } = look;
  const last = asked.history.all.lastUpTo(moment.asOf) ?? -Infinity;
  const silence = Math.max(policy.staleHours, (24 * policy.staleFactor) / baseline.perDay);
  const isSmall = baseline.perDay * 365 < policy.smallPlacePerYear;
  const isShort = baseline.historyDays < policy.shortHistoryDays;
  const notes: Partial<Record<keyof typeof noteCodes, boolean>> = {
    SHORT_HISTORY: isShort,
    SMALL_PLACE: isSmall,
    POOLED_BASELINE: baseline.isPooled && (isSmall || isShort),
    STALE_DATA: moment.asOf - last > silence * HOUR_MS,
    LATE_REPORT: look.end < moment.asOf,
  };
  return (Object.keys(notes) as (keyof typeof noteCodes)[]).filter((code) => notes[code]);
};

/**
 * The calibrated threshold, and more while the place is new: only the obvious is believed of a place nobody knows yet. Where others were
 * reported long before it, it is no new source that its reports tell of. How uneven days are
 * shows only in a year of them, and thresholds are played for a place that has one: until then uneven places are believed less.
 */
const thresholdOf = ({ baseline, end }: Look, history: PlaceHistory, { policy, thresholds }: Judge): number => {
  const calibrated = thresholds.for({ perDay: baseline.perDay, dispersion: baseline.dispersion[0] as number });
  const newness = Math.max(0, 1 - history.daysAsked(dayOf(end)) / policy.warmUpDays);
  const youth = Math.max(0, 1 - baseline.historyDays / policy.baselineDays);
  const evenness = 1 / (1 + (baseline.dispersion[0] as number) * baseline.perDay);
  return calibrated + newness * Math.log(policy.warmUpFactor) + youth * (1 - evenness) * Math.log(policy.youngFactor);
};

/**
 * Judges one place at one moment by what is known of it. The verdict depends on the set of known reports, not on the order they
 * came in.
 */
export const judgePlace = (history: PlaceHistory, moment: Moment, judge: Judge): SpikeVerdict => {
  const asked: Asked = { history, pooled: moment.pooled, judge };
  const looks = endsOf(history.all, moment, judge.policy).map((end) => lookAt(asked, end));
  const now = looks.at(-1) as Look;
  const look = looks.reduce((best, next) => (next.surprise >= best.surprise ? next : best), now);
  const { baseline } = look;
  const threshold = thresholdOf(look, history, judge);
  const day = windowEvidence(history.all, now.baseline, moment.asOf, 24);
  const last = history.all.lastUpTo(moment.asOf);
  return {
    place: history.place,
    asOf: moment.asOf,
    ...decide(look, threshold, judge.policy),
    windowsEnd: look.end,
    windows: look.windows.map(({ surprise, ...window }) => ({ ...window, p: Math.exp(-surprise) })),
    leadingHours: look.leading.hours,
    p: Math.exp(-look.surprise),
    threshold: Math.exp(-threshold),
    notes: notesOf(asked, look, moment),
    streams: streamsOf(asked, look),
    isQuiet: day.surprise <= -Math.log(judge.policy.quietP),
    dataAgeHours: last === undefined ? null : (moment.asOf - last) / HOUR_MS,
    historyDays: baseline.historyDays,
    policyVersion: judge.policy.version,
  };
};
