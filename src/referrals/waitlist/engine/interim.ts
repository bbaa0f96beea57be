import type { PriorityTier } from './order';

/** Help for the time of waiting (45 CFR 96.121 “interim services”), and two ways to bridge it with medication. */
export const interimServices = {
  HIV_TB_EDUCATION: 'Counselling and education about HIV and tuberculosis',
  NEEDLE_SHARING_RISKS: 'The risks of sharing needles',
  TRANSMISSION_RISKS: 'The risks for sexual partners and infants, and how HIV and tuberculosis are not passed on',
  HIV_TB_TREATMENT_REFERRAL: 'Referral for treatment of HIV or tuberculosis, if necessary',
  FETAL_EFFECTS: 'The effects of alcohol and drugs on the fetus',
  PRENATAL_CARE_REFERRAL: 'Referral for prenatal care',
  INTERIM_METHADONE:
    'Interim methadone: medication by an opioid treatment program until a place opens (42 CFR 8.11(h), 8.12)',
  THREE_DAY_BRIDGE: 'Medication for at most three days while a place is sought (21 CFR 1306.07(b))',
} as const;
export type InterimServiceKind = keyof typeof interimServices;

export const interimResults = {
  GIVEN: 'Given',
  DECLINED: 'Made available, and the person did not want it',
  NOT_NEEDED: 'Asked, and not necessary: of a referral for treatment of HIV or tuberculosis only',
} as const;
export type InterimResult = keyof typeof interimResults;

export interface RecordedInterim {
  readonly service: InterimServiceKind;
  readonly givenAt: Date;
}

/** As it was recorded, and how long it can have lasted where the wait it belonged to has ended. */
export type Given = RecordedInterim & { readonly result: InterimResult; readonly endedAt?: Date | null };

export interface InterimRules {
  /** What makes the checklist complete, by tier. */
  readonly required: Readonly<Record<PriorityTier, readonly InterimServiceKind[]>>;
  /** For how long a bridge lasts, hours. */
  readonly bridgeHours: Readonly<Partial<Record<InterimServiceKind, number>>>;
  /** So long after one was given the next counts as a new emergency, hours; before, it would renew or extend it. */
  readonly bridgeAgainAfterHours: Readonly<Partial<Record<InterimServiceKind, number>>>;
  /** So many hours of one, all together, within any time of so many. */
  readonly bridgeAtMost: Readonly<
    Partial<Record<InterimServiceKind, { readonly hours: number; readonly withinHours: number }>>
  >;
  /** Within so many hours of the request interim services buy the longer time to admission. */
  readonly withinHours: number;
}

const HOUR_MS = 3_600_000;

/** What of the checklist is still to be done. */
export const missingInterim = (
  tier: PriorityTier,
  recorded: readonly RecordedInterim[],
  { required }: Pick<InterimRules, 'required'>,
): InterimServiceKind[] => required[tier].filter((one) => !recorded.some(({ service }) => service === one));

/** When the last missing service was given; null while one is missing. */
export const interimCompletedAt = (
  tier: PriorityTier,
  recorded: readonly RecordedInterim[],
  rules: Pick<InterimRules, 'required'>,
): Date | null => {
  if (missingInterim(tier, recorded, rules).length > 0) return null;
  const first = rules.required[tier].map((one) =>
    Math.min(...recorded.filter(({ service }) => service === one).map(({ givenAt }) => givenAt.getTime())),
  );
  return new Date(Math.max(...first));
};

/** Whether the admission may take the longer time: services were there in time (45 CFR 96.126(b)(2)). */
export const isInTime = (requestedAt: Date, completedAt: Date, { withinHours }: InterimRules): boolean =>
  completedAt.getTime() - requestedAt.getTime() <= withinHours * HOUR_MS;

/** From when on a bridge is no renewal of one that was given; null: it is none. Recorded late, a bridge may come before the other. */
export const renewedUntil = (
  { service, givenAt, result }: Given,
  recorded: readonly Given[],
  { bridgeAgainAfterHours }: Pick<InterimRules, 'bridgeAgainAfterHours'>,
): Date | null => {
  const apart = (bridgeAgainAfterHours[service] ?? 0) * HOUR_MS;
  const near = recorded
    .filter((one) => one.service === service && one.result === 'GIVEN' && result === 'GIVEN')
    .map((one) => one.givenAt.getTime())
    .filter((at) => Math.abs(at - givenAt.getTime()) < apart);
  return near.length === 0 ? null : new Date(Math.max(...near) + apart);
};

interface Span {
  readonly from: number;
  readonly to: number;
}
/** How long one lasts, and how long all of them may, hours. */
interface Terms {
  readonly hours: number;
  readonly limit: { readonly hours: number; readonly withinHours: number } | undefined;
}
type BridgeRules = Pick<InterimRules, 'bridgeHours' | 'bridgeAtMost'>;

const termsOf = (service: InterimServiceKind, { bridgeHours, bridgeAtMost }: BridgeRules): Terms | null => {
  const hours = bridgeHours[service];
  return hours === undefined ? null : { hours, limit: bridgeAtMost[service] };
};

/** How much of a time is covered, each moment once; `spans` in the order in which they begin. */
const covered = (spans: readonly Span[], from: number, to: number): number => {
  let [sum, reached] = [0, from];
  for (const span of spans) {
    const end = Math.min(span.to, to);
    sum += Math.max(0, end - Math.max(span.from, reached));
    reached = Math.max(reached, end);
  }
  return sum;
};

/** How long one that is given at a moment bridges the wait after those before it, milliseconds; 0: it does not. */
const reachOf = (spans: readonly Span[], at: number, { hours, limit }: Terms): number => {
  if (limit === undefined) return hours * HOUR_MS;
  const isTooMuch = (length: number): boolean =>
    covered(spans, at + length - limit.withinHours * HOUR_MS, at) + length > limit.hours * HOUR_MS;
  let reach = hours;
  while (reach > 0 && isTooMuch(reach * HOUR_MS)) reach -= 1;
  return reach * HOUR_MS;
};

const spansOf = (service: InterimServiceKind, recorded: readonly Given[], terms: Terms): Span[] => {
  const spans: Span[] = [];
  const given = recorded.filter((one) => one.service === service && one.result === 'GIVEN');
  for (const { givenAt, endedAt } of given.toSorted((a, b) => a.givenAt.getTime() - b.givenAt.getTime())) {
    const from = givenAt.getTime();
    const to = from + reachOf(spans, from, terms);
    if (to > from) spans.push({ from, to: Math.min(to, endedAt?.getTime() ?? to) });
  }
  return spans;
};

/** Until when medication bridges the wait; null: it does not. */
export const bridgedUntil = (recorded: readonly Given[], rules: BridgeRules): Date | null => {
  const spans = recorded.flatMap(({ service }) => {
    const terms = termsOf(service, rules);
    return terms ? spansOf(service, recorded, terms) : [];
  });
  return spans.length === 0 ? null : new Date(Math.max(...spans.map(({ to }) => to)));
};

/** How far one bridges the wait, others of it being recorded; null: it is no bridge. */
export const reachedBy = (
  { service, givenAt, result }: Given,
  recorded: readonly Given[],
  rules: BridgeRules,
): Date | null => {
  const terms = termsOf(service, rules);
  if (!terms || result !== 'GIVEN') return null;
  const at = givenAt.getTime();
  return new Date(at + reachOf(spansOf(service, recorded, terms), at, terms));
};

/** From when on a bridge lasts again, where as much of it has been given as may be for the time; null: it lasts now, or is none. */
export const usedUpUntil = (given: Given, recorded: readonly Given[], rules: BridgeRules): Date | null => {
  const { service, givenAt } = given;
  const terms = termsOf(service, rules);
  if (!terms?.limit || reachedBy(given, recorded, rules)?.getTime() !== givenAt.getTime()) return null;
  const spans = spansOf(service, recorded, terms);
  const within = terms.limit.withinHours * HOUR_MS;
  const later = spans.map(({ from }) => from + within).filter((at) => at > givenAt.getTime());
  return new Date(Math.min(...later.filter((at) => reachOf(spans, at, terms) > 0)));
};
