import { kilometresBetween } from '../../kernel/distance';
import type { JoiningPolicy, JoiningRule } from './joining-policy';

/** What joining looks at. Names and addresses are not among it: who somebody is, is said by `person`. */
export interface JoinableReport {
  readonly id: string;
  readonly agencyId: string;
  readonly occurredAt: Date;
  readonly isTimeKnown: boolean;
  readonly countyFips: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly isFatal: boolean;
  readonly ageYears: number | null;
  readonly sex: string | null;
  /** The person as identity is resolved today; null: not told. */
  readonly person: string | null;
  /** Persons who may be this one but for a slip of the pen, and how many facts agree; absent: nobody. */
  readonly likely?: ReadonlyMap<string, number>;
  /** Its agency says that it is no part of what others reported. */
  readonly isApart: boolean;
}

/** Reports of one overdose, and what ties each to the others. */
export interface JoinedReports {
  /** In the order of time. */
  readonly ids: readonly string[];
  /** The rule that brought the report in; absent for the one that others were joined to. */
  readonly ruleOf: ReadonlyMap<string, string>;
}

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** A report is of a moment, or of a day from its first to its last minute. */
const spanOf = ({ occurredAt, isTimeKnown }: JoinableReport): [number, number] => {
  const from = occurredAt.getTime() / MINUTE_MS;
  return isTimeKnown ? [from, from] : [from, from + DAY_MINUTES - 1];
};

/** Minutes between the two; none where the spans meet. */
export const minutesApart = (a: JoinableReport, b: JoinableReport): number => {
  const [[fromA, untilA], [fromB, untilB]] = [spanOf(a), spanOf(b)];
  return Math.max(0, fromA - untilB, fromB - untilA);
};

type Likeness = JoiningRule['person'] | 'OTHER';

/** Facts that two persons have in common who differ by no more than a slip; none: they are two. */
const factsInCommon = (a: JoinableReport, b: JoinableReport): number =>
  Math.max(a.likely?.get(b.person ?? '') ?? 0, b.likely?.get(a.person ?? '') ?? 0);

const ofNamed = (a: JoinableReport, b: JoinableReport): Likeness => {
  if (a.person === b.person) return 'SAME';
  return factsInCommon(a, b) > 0 ? 'LIKELY' : 'OTHER';
};

/** Who it was: what the reports say for themselves comes before what they leave open. */
const personsOf = (a: JoinableReport, b: JoinableReport, { agesApart }: JoiningPolicy): Likeness => {
  if (a.sex !== null && b.sex !== null && a.sex !== b.sex) return 'OTHER';
  const isFarInAge = a.ageYears !== null && b.ageYears !== null && Math.abs(a.ageYears - b.ageYears) > agesApart;
  if (isFarInAge) return 'OTHER';
  if (a.person === null || b.person === null) return 'UNKNOWN';
  return ofNamed(a, b);
};

const kilometresOf = (a: JoinableReport, b: JoinableReport): number | null => {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return null;
  return kilometresBetween(
    { latitude: a.latitude, longitude: a.longitude },
    { latitude: b.latitude, longitude: b.longitude },
  );
};

/** The rules that speak of two such reports. None: nothing can make them one overdose. */
const rulesFor = (a: JoinableReport, b: JoinableReport, policy: JoiningPolicy): JoiningRule[] => {
  if (a.isApart || b.isApart) return [];
  const persons = personsOf(a, b, policy);
  const [gap, isOneAgency] = [minutesApart(a, b), a.agencyId === b.agencyId];
  return policy.rules.filter(
    (rule) =>
      rule.person === persons &&
      (rule.agencies === 'ANY' || !isOneAgency) &&
      gap <= rule.withinMinutes &&
      (rule.leastFacts ?? 0) <= factsInCommon(a, b) &&
      (!rule.isOneOutcome || a.isFatal === b.isFatal),
  );
};

/** Whether two points are too far from each other for the rule. A county says nothing against a point in it. */
const isTooFar = ({ place, withinKm }: JoiningRule, kilometres: number | null): boolean =>
  place !== 'ANY' && kilometres !== null && kilometres > (withinKm ?? -1);

const isNear = (rule: JoiningRule, a: JoinableReport, b: JoinableReport): boolean => {
  const kilometres = kilometresOf(a, b);
  if (rule.place === 'ANY' || kilometres !== null) return !isTooFar(rule, kilometres);
  return rule.place === 'COUNTY' && a.countyFips === b.countyFips;
};

/** Whether two reports may be of one overdose because others tie them together. */
const mayBeOne = (a: JoinableReport, b: JoinableReport, policy: JoiningPolicy): boolean =>
  rulesFor(a, b, policy).some((rule) => !isTooFar(rule, kilometresOf(a, b)));

/** Position of the first rule that ties the two; -1: none. */
export const ruleFor = (a: JoinableReport, b: JoinableReport, policy: JoiningPolicy): number => {
  const isTimed = a.isTimeKnown && b.isTimeKnown;
  const tying = rulesFor(a, b, policy).find((rule) => (isTimed || rule.mayLackTime) && isNear(rule, a, b));
  return tying ? policy.rules.indexOf(tying) : -1;
};

/** Persons of whom two reports would be of one overdose if their names were a slip of each other. */
export const personsToCompare = (
  reports: readonly JoinableReport[],
  policy: JoiningPolicy,
): readonly (readonly [string, string])[] => {
  const named = reports.flatMap(({ person, ...report }) => (person === null ? [] : [{ ...report, person }]));
  const pairs = named.flatMap((one, at) =>
    named.slice(at + 1).flatMap((other): [string, string][] => {
      if (one.person === other.person) return [];
      const alike = { ...one, likely: new Map([[other.person, Infinity]]) };
      return ruleFor(alike, other, policy) < 0 ? [] : [[one.person, other.person].sort() as [string, string]];
    }),
  );
  return [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
};

interface Tie {
  readonly one: JoinableReport;
  readonly other: JoinableReport;
  readonly rule: number;
  readonly gap: number;
  readonly kilometres: number;
}

const inTime = (a: JoinableReport, b: JoinableReport): number =>
  a.occurredAt.getTime() - b.occurredAt.getTime() || Number(a.id > b.id) - Number(a.id < b.id);

/** The strongest first; of equals the earliest: never the one that came in first. */
const byStrength = (a: Tie, b: Tie): number =>
  a.rule - b.rule || a.gap - b.gap || a.kilometres - b.kilometres || inTime(a.one, b.one) || inTime(a.other, b.other);

const tiesOf = (reports: readonly JoinableReport[], policy: JoiningPolicy): Tie[] =>
  reports.flatMap((one, at) =>
    reports.slice(at + 1).flatMap((other) => {
      const rule = ruleFor(one, other, policy);
      if (rule < 0) return [];
      return [{ one, other, rule, gap: minutesApart(one, other), kilometres: kilometresOf(one, other) ?? 0 }];
    }),
  );

/**
 * Puts every report on exactly one overdose. Depends on the reports alone and not on the order in which they came: the strongest
 * ties are taken first, and two groups become one only where nothing forbids it between any two of their reports.
 */
export const joinReports = (given: readonly JoinableReport[], policy: JoiningPolicy): JoinedReports[] => {
  const reports = [...given].sort(inTime);
  const groupOf = new Map(reports.map((report) => [report.id, [report]]));
  const ruleOf = new Map<string, string>();
  for (const { one, other, rule } of tiesOf(reports, policy).sort(byStrength)) {
    const [group, joining] = [one, other].map(({ id }) => groupOf.get(id)) as [JoinableReport[], JoinableReport[]];
    if (group === joining || !group.every((a) => joining.every((b) => mayBeOne(a, b, policy)))) continue;
    const { name } = policy.rules[rule] as JoiningRule;
    if (!ruleOf.has(one.id) && group.length > 1) ruleOf.set(one.id, name);
    if (!ruleOf.has(other.id)) ruleOf.set(other.id, name);
    const joined = [...group, ...joining];
    for (const { id } of joined) groupOf.set(id, joined);
  }
  return [...new Set(groupOf.values())].map((group) => ({ ids: group.sort(inTime).map(({ id }) => id), ruleOf }));
};
