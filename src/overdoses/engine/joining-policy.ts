/** Under which circumstances two reports are of one overdose. Data: `rules/overdose-joining.json`. */
export interface JoiningRule {
  readonly name: string;
  /**
   * SAME: both name one person, as far as identity is resolved. LIKELY: two that may be one but for a slip of the pen. UNKNOWN: at least
   * one does not tell who it was.
   */
  readonly person: 'SAME' | 'LIKELY' | 'UNKNOWN';
  /** LIKELY: so many identifying facts agree at least. */
  readonly leastFacts?: number;
  /** Only where both tell that they died, or both that they did not. */
  readonly isOneOutcome?: boolean;
  /** DIFFERENT: only reports of two agencies. One agency seldom reports the same overdose twice, and often two people at one place. */
  readonly agencies: 'DIFFERENT' | 'ANY';
  readonly withinMinutes: number;
  /** A report that knows the day only is within the time of any moment of that day. */
  readonly mayLackTime: boolean;
  /** COORDINATES: both have a point, at most `withinKm` apart. COUNTY: of one county, at least one without a point. ANY: anywhere. */
  readonly place: 'COORDINATES' | 'COUNTY' | 'ANY';
  readonly withinKm?: number;
}

export interface JoiningPolicy {
  readonly version: string;
  /** ISO date: holds for what is joined from that day on. */
  readonly validFrom: string;
  /** Ages told further apart than this are two people’s. */
  readonly agesApart: number;
  /** Strongest first. */
  readonly rules: readonly JoiningRule[];
}

/** What is wrong with a policy, in words; empty: nothing. */
export const joiningPolicyProblems = ({ version, agesApart, rules }: JoiningPolicy): string[] => [
  ...(rules.length > 0 ? [] : [`${version} has no rule`]),
  ...(agesApart >= 0 ? [] : [`${version}: agesApart is negative`]),
  ...rules.flatMap(({ name, person, leastFacts, withinMinutes, place, withinKm }) => [
    ...((person === 'LIKELY') === (leastFacts !== undefined)
      ? []
      : [`${version} ${name}: leastFacts goes with LIKELY`]),
    ...(withinMinutes >= 0 ? [] : [`${version} ${name}: withinMinutes is negative`]),
    ...((place === 'COORDINATES') === (withinKm !== undefined)
      ? []
      : [`${version} ${name}: withinKm goes with COORDINATES`]),
  ]),
];

const DAY_MINUTES = 1440;

/** The longest time between the `occurredAt` of two reports that a rule of this kind bridges, minutes. */
export const reachOf = ({ rules }: JoiningPolicy, person: JoiningRule['person']): number =>
  Math.max(
    0,
    ...rules
      .filter((rule) => rule.person === person)
      .map(({ withinMinutes, mayLackTime }) => withinMinutes + (mayLackTime ? DAY_MINUTES : 0)),
  );
