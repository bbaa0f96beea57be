/** Every figure of spike detection, as data: what an installation or a state may set differently. */
export interface SpikePolicy {
  readonly version: string;
  /** Alerts a place may raise in a year in which nothing happens. Thresholds calibrate themselves to it. */
  readonly falseAlarmsPerYear: number;
  /** Lengths of the rolling windows, hours, ascending. All end at the moment that is judged. */
  readonly windowHours: readonly number[];
  /** Fewer reports in a window never raise an alert, however improbable. */
  readonly minimumCount: number;
  /** Days before today that the baseline leaves out, so that a spike in progress does not excuse itself. At least the longest window. */
  readonly guardDays: number;
  /** Days of its own past a place is compared with. */
  readonly baselineDays: number;
  /** Days after which a past day weighs half for the recent level, which follows season and trend. */
  readonly halfLifeDays: number;
  /** Reports' worth of the whole year's mean mixed into the recent level: few reports, little trend. */
  readonly yearWeight: number;
  /** Reports' worth of no growth mixed into the growth of the last quarter against the one before. */
  readonly growthWeight: number;
  /** Reports per day assumed of a place before it shows its own, and reports' worth of it, where no other places are known. */
  readonly priorPerDay: number;
  readonly priorWeight: number;
  /** Reports' worth of an even week mixed into each weekday's and each hour's share. */
  readonly profileWeight: number;
  /** Dispersion assumed before a place has shown its own: variance = mean + dispersion × mean². */
  readonly priorDispersion: number;
  /** How firmly: in sums of squared daily expectation, … */
  readonly dispersionWeight: number;
  /** … and in days like the place’s own. */
  readonly dispersionDays: number;
  /** A past day above its expectation by more than so many standard deviations counts as that many: past spikes excuse no new one. */
  readonly clipDeviations: number;
  /** Days of its own baseline a place needs before it is judged without pooled knowledge. */
  readonly minimumDays: number;
  /** Before that, by hours of a window, so many prompt reports in it raise an alert all the same: hardly any place has as many on most days. */
  readonly newPlaceCounts: Readonly<Partial<Record<number, number>>>;
  /** Hours after which a report is no news of now but a backlog that is imported, in a place’s first `lateDays`. */
  readonly promptHours: number;
  /** So many days a place learns; its threshold begins `warmUpFactor` times smaller and alarms on the obvious only. */
  readonly warmUpDays: number;
  readonly warmUpFactor: number;
  /** Until a place is `baselineDays` old, its threshold begins so many times smaller besides, as far as its days are uneven. */
  readonly youngFactor: number;
  /** Below so many days of history the verdict says that it is short. */
  readonly shortHistoryDays: number;
  /** Below so many expected reports a year the verdict says that the place is small. */
  readonly smallPlacePerYear: number;
  /** Hours without a report after which the verdict calls the data stale. */
  readonly staleHours: number;
  /** … and at least so many average gaps between reports. */
  readonly staleFactor: number;
  /** Days back to which a late or corrected report is judged where it belongs. */
  readonly lateDays: number;
  /** The last 24 hours are quiet when a count like theirs is at least this probable. */
  readonly quietP: number;
  /** Hours the last 24 hours must have been quiet without a break before an alert closes. */
  readonly quietHours: number;
  /** How many times the evidence (−ln p) of a dismissed alert opens another on the same reports. */
  readonly strongerBy: number;
  /** How a stream counts as agreeing: its own p value at most this. */
  readonly agreementP: number;
}

/**
 * The shipped figures. Window lengths follow the field’s rolling counts of 24, 48 and 72 h, with two shorter ones because a potent
 * batch shows within hours; the budget is the lower end of the one to two false alarms per county and year the field can act on. The rest
 * was set by the injection study (`npm run evaluate:spikes -- --study`) and is no finding about any place.
 */
export const defaultSpikePolicy: SpikePolicy = {
  version: 'default-4',
  falseAlarmsPerYear: 1,
  windowHours: [6, 12, 24, 48, 72],
  minimumCount: 4,
  guardDays: 3,
  baselineDays: 365,
  halfLifeDays: 30,
  yearWeight: 30,
  growthWeight: 200,
  priorPerDay: 1,
  priorWeight: 1,
  profileWeight: 50,
  priorDispersion: 0.02,
  dispersionWeight: 0.3,
  dispersionDays: 10,
  clipDeviations: 3,
  minimumDays: 2,
  // What a place of eight a day has in its busiest hours less than once in some thousand days.
  newPlaceCounts: { 6: 12, 12: 16, 24: 20 },
  promptHours: 6,
  warmUpDays: 90,
  warmUpFactor: 100,
  youngFactor: 10,
  shortHistoryDays: 90,
  smallPlacePerYear: 12,
  staleHours: 72,
  staleFactor: 5,
  lateDays: 7,
  quietP: 0.1,
  quietHours: 48,
  strongerBy: 1.5,
  agreementP: 0.05,
};

/** For data that say the day only: the same, with whole days as windows. */
export const dailySpikePolicy: SpikePolicy = { ...defaultSpikePolicy, version: 'daily-4', windowHours: [24, 48, 72] };
