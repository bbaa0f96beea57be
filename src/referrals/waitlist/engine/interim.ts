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

export interface InterimRules {
  /** What makes the checklist complete, by tier. */
  readonly required: Readonly<Record<PriorityTier, readonly InterimServiceKind[]>>;
  /** For how long a bridge lasts, hours. */
  readonly bridgeHours: Readonly<Partial<Record<InterimServiceKind, number>>>;
  /** So long after one was given the next counts as a new emergency, hours; before, it would renew or extend it. */
  readonly bridgeAgainAfterHours: Readonly<Partial<Record<InterimServiceKind, number>>>;
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
  { service, givenAt, result }: RecordedInterim & { readonly result: InterimResult },
  recorded: readonly (RecordedInterim & { readonly result: InterimResult })[],
  { bridgeAgainAfterHours }: Pick<InterimRules, 'bridgeAgainAfterHours'>,
): Date | null => {
  const apart = (bridgeAgainAfterHours[service] ?? 0) * HOUR_MS;
  const near = recorded
    .filter((one) => one.service === service && one.result === 'GIVEN' && result === 'GIVEN')
    .map((one) => one.givenAt.getTime())
    .filter((at) => Math.abs(at - givenAt.getTime()) < apart);
  return near.length === 0 ? null : new Date(Math.max(...near) + apart);
};

/** Until when medication bridges the wait; null: it does not. */
export const bridgedUntil = (
  recorded: readonly (RecordedInterim & { readonly result: InterimResult })[],
  { bridgeHours }: InterimRules,
): Date | null => {
  const ends = recorded
    .filter(({ result }) => result === 'GIVEN')
    .flatMap(({ service, givenAt }) => {
      const hours = bridgeHours[service];
      return hours === undefined ? [] : [givenAt.getTime() + hours * HOUR_MS];
    });
  return ends.length === 0 ? null : new Date(Math.max(...ends));
};
