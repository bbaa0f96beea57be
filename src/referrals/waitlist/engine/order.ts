/** Whom federal law puts first (45 CFR 96.131(a)). */
export const priorityTiers = {
  PREGNANT_INJECTING: 'Pregnant, and injects drugs',
  PREGNANT: 'Pregnant',
  INJECTING: 'Injects drugs',
  OTHER: 'Everybody else',
} as const;
export type PriorityTier = keyof typeof priorityTiers;

/** What makes waiting more dangerous, beside the tier. */
export const riskSignals = {
  AFTER_OVERDOSE: 'Comes from an overdose that was reversed',
  SEDATIVE_WITHDRAWAL: 'Uses alcohol or sedatives, whose withdrawal can kill',
  PSYCHIATRIC_CONCERN: 'Psychosis or thoughts of suicide',
  MEDICAL_COMPLAINT: 'A bodily complaint',
  USED_LATELY: 'Used in the last three days',
} as const;
export type RiskSignal = keyof typeof riskSignals;

/** What the order looks at, of a need as far as it is known. */
export interface WaitingNeed {
  readonly pathway?: string | null;
  readonly pregnant?: boolean | null;
  readonly injects?: boolean | null;
  readonly substances?: readonly string[] | null;
  readonly lastUse?: string | null;
  readonly hasMedicalComplaint?: boolean | null;
  readonly hasPsychiatricConcern?: boolean | null;
}

/** One who waits, as far as the order is concerned. */
export interface Waiting {
  readonly id: string;
  readonly tier: PriorityTier;
  readonly risk: number;
  /** Since when they wait. */
  readonly since: Date;
}

export interface WaitlistOrder {
  /** First served first; every tier once. */
  readonly order: readonly PriorityTier[];
}

/** What is not known counts as no. */
export const tierOf = ({ pregnant, injects }: WaitingNeed): PriorityTier => {
  if (pregnant === true) return injects === true ? 'PREGNANT_INJECTING' : 'PREGNANT';
  return injects === true ? 'INJECTING' : 'OTHER';
};

const raised: Readonly<Record<RiskSignal, (need: WaitingNeed) => boolean>> = {
  AFTER_OVERDOSE: ({ pathway }) => pathway === 'NALOXONE_PLUS',
  SEDATIVE_WITHDRAWAL: ({ substances }) =>
    ['ALCOHOL', 'BENZODIAZEPINES'].some((one) => (substances ?? []).includes(one)),
  PSYCHIATRIC_CONCERN: ({ hasPsychiatricConcern }) => hasPsychiatricConcern === true,
  MEDICAL_COMPLAINT: ({ hasMedicalComplaint }) => hasMedicalComplaint === true,
  USED_LATELY: ({ lastUse }) => lastUse === 'WITHIN_24_HOURS' || lastUse === 'WITHIN_72_HOURS',
};

/** The points of every signal that is raised, added up. */
export const riskOf = (need: WaitingNeed, points: Readonly<Record<RiskSignal, number>>): number =>
  (Object.keys(raised) as RiskSignal[]).reduce((sum, signal) => sum + (raised[signal](need) ? points[signal] : 0), 0);

/** Negative: `a` comes before `b`. Tier, then risk, then who waits longer; the id only settles what is equal in all of it. */
export const compareWaiting = (a: Waiting, b: Waiting, { order }: WaitlistOrder): number =>
  order.indexOf(a.tier) - order.indexOf(b.tier) ||
  b.risk - a.risk ||
  a.since.getTime() - b.since.getTime() ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Those who wait, first served first. */
export const ordered = <One extends Waiting>(waiting: readonly One[], rules: WaitlistOrder): One[] =>
  [...waiting].sort((a, b) => compareWaiting(a, b, rules));
