/** What the overdoses of one person say about the danger they are in. */
export const overdoseSignals = {
  RECENT_OVERDOSE: 'Overdosed lately: most who die of it die soon after',
  REPEAT_OVERDOSE: 'Overdosed more than once',
  MANY_DOSES: 'Needed many doses of naloxone in one overdose',
  REFUSED_TRANSPORT: 'Was not taken to a hospital because they refused',
} as const;
export type OverdoseSignal = keyof typeof overdoseSignals;

interface FromSome {
  readonly from: number;
  readonly points: number;
}

/** When a signal is raised and how much it counts. Data: `rules/overdose-risk.json`. */
export interface RiskPolicy {
  readonly version: string;
  /** ISO date: holds from that day on. */
  readonly validFrom: string;
  /** How far back is looked, days. */
  readonly withinDays: number;
  readonly signals: {
    readonly RECENT_OVERDOSE: { readonly withinDays: number; readonly points: number };
    readonly REPEAT_OVERDOSE: FromSome;
    readonly MANY_DOSES: FromSome;
    readonly REFUSED_TRANSPORT: FromSome;
  };
}

/** What is looked at of one overdose. */
export interface PastOverdose {
  readonly occurredAt: Date;
  readonly doses: number | null;
  readonly hasRefusedTransport: boolean;
}

export interface RaisedSignal {
  readonly signal: OverdoseSignal;
  readonly points: number;
  /** One sentence, without who and where. */
  readonly because: string;
}

/** Facts, and what they amount to, explained. */
export interface PersonRisk {
  readonly overdoses: number;
  readonly lastOverdoseAt: Date | null;
  /** Whole days. */
  readonly daysSinceLast: number | null;
  /** Of the overdose that took most; null: nobody counted. */
  readonly mostDoses: number | null;
  /** Of all overdoses together; null: nobody counted. */
  readonly doses: number | null;
  readonly refusals: number;
  readonly raised: readonly RaisedSignal[];
  /** Of everything raised, added up. */
  readonly points: number;
  readonly policyVersion: string;
}

const DAY_MS = 86_400_000;

const counted = (events: readonly PastOverdose[]): number[] =>
  events.flatMap(({ doses }) => (doses === null ? [] : [doses]));

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
const daysAgo = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`);

type Facts = Omit<PersonRisk, 'raised' | 'points' | 'policyVersion'>;

const raisedBy = (facts: Facts, { withinDays, signals }: RiskPolicy): RaisedSignal[] => {
  const { RECENT_OVERDOSE: recent, REPEAT_OVERDOSE: repeat, MANY_DOSES: many, REFUSED_TRANSPORT: refused } = signals;
  const { overdoses, daysSinceLast, mostDoses, refusals } = facts;
  const raised: RaisedSignal[] = [];
  const raise = (signal: OverdoseSignal, points: number, because: string): void => {
    raised.push({ signal, points, because });
  };
  if (daysSinceLast !== null && daysSinceLast <= recent.withinDays) {
    raise('RECENT_OVERDOSE', recent.points, `Last overdosed ${daysAgo(daysSinceLast)}.`);
  }
  if (overdoses >= repeat.from) {
    raise('REPEAT_OVERDOSE', repeat.points, `Overdosed ${times(overdoses)} in ${withinDays} days.`);
  }
  if (mostDoses !== null && mostDoses >= many.from) {
    raise('MANY_DOSES', many.points, `Needed ${mostDoses} doses of naloxone in one overdose.`);
  }
  if (refusals >= refused.from) {
    raise('REFUSED_TRANSPORT', refused.points, `Refused transport ${times(refusals)}.`);
  }
  return raised;
};

/** What events of one person amount to at a moment. Those that are older than the policy looks, or come after it, count nothing. */
export const personRiskOf = (all: readonly PastOverdose[], asOf: Date, policy: RiskPolicy): PersonRisk => {
  const from = asOf.getTime() - policy.withinDays * DAY_MS;
  const events = all.filter(({ occurredAt }) => occurredAt.getTime() >= from && occurredAt <= asOf);
  const last = events.length === 0 ? null : Math.max(...events.map(({ occurredAt }) => occurredAt.getTime()));
  const doses = counted(events);
  const facts: Facts = {
    overdoses: events.length,
    lastOverdoseAt: last === null ? null : new Date(last),
    daysSinceLast: last === null ? null : Math.floor((asOf.getTime() - last) / DAY_MS),
    mostDoses: doses.length === 0 ? null : Math.max(...doses),
    doses: doses.length === 0 ? null : doses.reduce((sum, count) => sum + count, 0),
    refusals: events.filter(({ hasRefusedTransport }) => hasRefusedTransport).length,
  };
  const raised = raisedBy(facts, policy);
  const points = raised.reduce((sum, signal) => sum + signal.points, 0);
  return { ...facts, raised, points, policyVersion: policy.version };
};
