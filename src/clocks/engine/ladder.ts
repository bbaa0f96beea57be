/**
 * Who is told when a clock nears or passes its deadline. SENDER and SENDING_AGENCY: whoever sent the referral it hangs on, and all
 * there who may do what is due; of a clock only that says no more than they see of the referral. ASKER: the agency that asked another
 * for something, and still waits.
 */
export type Audience = 'OWNER' | 'COORDINATOR' | 'OPERATOR' | 'SENDER' | 'SENDING_AGENCY' | 'ASKER';

export interface Rung {
  /** Negative: before the deadline. */
  readonly afterMinutes: number;
  readonly tell: Audience;
}

/** What has been done about a clock so far. */
export interface Walked {
  readonly startedAt: Date;
  readonly dueAt: Date;
  /** Rungs already taken. */
  readonly step: number;
  readonly isBreached: boolean;
}

export interface Advance {
  readonly step: number;
  readonly isBreached: boolean;
  /** When to look again; null: nothing is left to do but to wait for the end. */
  readonly nextAt: Date | null;
  readonly told: readonly Rung[];
}

const MINUTE_MS = 60_000;

/** A reminder never comes before half of the time has passed. */
const timeOf = ({ afterMinutes }: Rung, startedAt: Date, dueAt: Date): number =>
  Math.max(dueAt.getTime() + afterMinutes * MINUTE_MS, (startedAt.getTime() + dueAt.getTime()) / 2);

/**
 * Takes every rung whose time has come, and marks the breach: at the deadline, not after it. Asked twice at the same time it
 * answers the second time that nothing is left to do.
 */
export const advance = (clock: Walked, ladder: readonly Rung[], asOf: Date): Advance => {
  const rest = ladder.slice(clock.step);
  const ahead = rest.findIndex((rung) => timeOf(rung, clock.startedAt, clock.dueAt) > asOf.getTime());
  const told = ahead < 0 ? rest : rest.slice(0, ahead);
  const isBreached = clock.isBreached || clock.dueAt <= asOf;
  const next = ahead < 0 ? undefined : rest[ahead];
  const times = [
    ...(next ? [timeOf(next, clock.startedAt, clock.dueAt)] : []),
    ...(isBreached ? [] : [clock.dueAt.getTime()]),
  ];
  return {
    step: clock.step + told.length,
    isBreached,
    nextAt: times.length === 0 ? null : new Date(Math.min(...times)),
    told,
  };
};
