/** What came of trying to reach one who waits. */
export const contactOutcomes = {
  REACHED_STILL_WAITING: 'Reached; still wants a place',
  REACHED_REFUSED: 'Reached; does not want treatment any more',
  NO_ANSWER: 'Nobody answered',
  WRONG_NUMBER: 'The number belongs to somebody else',
  NO_ONE_HOME: 'Visited; nobody was there',
  MOVED: 'Does not live there any more',
  THIRD_PARTY_ONLY: 'Somebody else answered; nothing was disclosed',
} as const;
export type ContactOutcome = keyof typeof contactOutcomes;

/** Why somebody may be taken off the list; there is no other way off it but a place. */
export const removalReasons = {
  CANNOT_BE_LOCATED: 'Tried, and cannot be found',
  REFUSED_TREATMENT: 'Does not want treatment any more',
  PLACED_ELSEWHERE: 'Has found a place outside Handrail',
  HOSPITALIZED: 'Is in hospital',
  INCARCERATED: 'Is in custody',
  DECEASED: 'Has died',
  ENTERED_IN_ERROR: 'Was put on the list by mistake, or twice',
} as const;
export type RemovalReason = keyof typeof removalReasons;

export interface Contact {
  readonly at: Date;
  readonly outcome: ContactOutcome;
}

/** What a reason needs before it may be given. */
export interface RemovalRule {
  /** Attempts that failed, since the person was last reached. */
  readonly failedAttempts?: number;
  /** At least so much time between the first and the last of them. */
  readonly overHours?: number;
  /** The latest contact must say so. */
  readonly latest?: ContactOutcome;
}
export type RemovalRules = Readonly<Record<RemovalReason, RemovalRule>>;

/** What is missing before a reason may be given; null: nothing. */
export interface RemovalGap {
  readonly failedAttempts: number;
  readonly overHours: number;
  readonly latest: ContactOutcome | null;
}

const HOUR_MS = 3_600_000;
const isReached = ({ outcome }: Contact): boolean => outcome.startsWith('REACHED_');

/** The attempts since the person was last reached, and the time between the first and the last of them. */
const failedOf = (contacts: readonly Contact[]): { readonly count: number; readonly hours: number } => {
  const failed = contacts.slice(contacts.findLastIndex(isReached) + 1).map(({ at }) => at.getTime());
  return {
    count: failed.length,
    hours: failed.length === 0 ? 0 : (Math.max(...failed) - Math.min(...failed)) / HOUR_MS,
  };
};

/** `contacts` oldest first. */
export const removalGap = (
  reason: RemovalReason,
  contacts: readonly Contact[],
  rules: RemovalRules,
): RemovalGap | null => {
  const { failedAttempts = 0, overHours = 0, latest = null } = rules[reason];
  const failed = failedOf(contacts);
  const gap = {
    failedAttempts: Math.max(0, failedAttempts - failed.count),
    overHours: failed.hours >= overHours ? 0 : overHours,
    latest: contacts.at(-1)?.outcome === latest ? null : latest,
  };
  return gap.failedAttempts === 0 && gap.overHours === 0 && gap.latest === null ? null : gap;
};
