/** One rolling window that ends at the verdict’s `windowsEnd`. */
export interface WindowVerdict {
  readonly hours: number;
  readonly count: number;
  readonly expected: number;
  /** Chance of this count or more in a place in which nothing happens. */
  readonly p: number;
}

/** One stream in the leading window. */
export interface StreamVerdict {
  readonly stream: string;
  readonly count: number;
  readonly expected: number;
  readonly p: number;
  /** Its own p value is at most the policy’s `agreementP`. */
  readonly isAgreeing: boolean;
}

export const reasonCodes = {
  ABOVE_EXPECTED: 'More reports in the window than the place’s own past leads one to expect',
  STREAMS_AGREE: 'Two or more streams are above their own expectation at the same time',
  WITHIN_EXPECTED: 'No window is further above its expectation than the false-alarm budget allows for',
  TOO_FEW: 'Improbable, but fewer reports than an alert needs',
  MANY_AT_ONCE:
    'So many reports in the window that hardly any place has as many on most days; the place has no past to compare with',
  NOT_JUDGED: 'Too little history and no other places to learn from',
} as const;

export const noteCodes = {
  SHORT_HISTORY: 'The place’s own history is short: the expectation is uncertain and the threshold wide',
  SMALL_PLACE: 'A few reports a year: the minimum count decides more than the p value',
  POOLED_BASELINE: 'The expectation is drawn to the rate of other places',
  STALE_DATA: 'No report for longer than this place’s rate explains: silence here may be missing data',
  HELD_BACK: 'A spike that opened no alert: all it rests on is what a human has dismissed',
  LATE_REPORT: 'The leading window ends before the moment of judgement: a report came late or was corrected',
} as const;

export interface Reason {
  readonly code: keyof typeof reasonCodes;
  readonly hours: number | null;
}

/** What the engine says about one place at one moment, with what it knew then. Kept as it is, like a match run. */
export interface SpikeVerdict {
  readonly place: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly asOf: number;
  readonly isSpike: boolean;
  /** Where the windows end: `asOf`, or earlier when a late report put the strongest evidence there. */
  readonly windowsEnd: number;
  readonly windows: readonly WindowVerdict[];
  /** Hours of the window with the strongest evidence. */
  readonly leadingHours: number;
  /** Smallest p of all windows and of the streams together; doubled where both were asked. */
  readonly p: number;
  /** Largest p that is a spike, set so that a year in which nothing happens raises as many alerts as the budget allows. */
  readonly threshold: number;
  readonly reasons: readonly Reason[];
  readonly notes: readonly (keyof typeof noteCodes)[];
  readonly streams: readonly StreamVerdict[];
  /** The last 24 hours are within their expectation (policy’s `quietP`). */
  readonly isQuiet: boolean;
  /** Hours since the last report occurred; `null`: never one. */
  readonly dataAgeHours: number | null;
  readonly historyDays: number;
  /** Policy that decided. */
  readonly policyVersion: string;
}
