import type { Actor, Role } from '../../access';

/** What an operation costs us, which is what is rationed: not its name, and not how often its name is sent. */
export const operationClasses = ['READ', 'SEARCH', 'COMMAND', 'BULK'] as const;
export type OperationClass = (typeof operationClasses)[number];

/** `perMinute` in every minute, and `burst` more in ten minutes for whoever catches up after a dead spot. */
export interface Budget {
  readonly perMinute: number;
  readonly burst: number;
}

type Budgets = Readonly<Record<OperationClass, Budget>>;

/** A hand on a phone or a desk never meets these: ten screens a second, a search every two. */
const people: Budgets = {
  READ: { perMinute: 600, burst: 1200 },
  SEARCH: { perMinute: 30, burst: 60 },
  COMMAND: { perMinute: 120, burst: 240 },
  BULK: { perMinute: 20, burst: 40 },
};

/** A partner system speaks for a whole house, and sends in its night run what it kept during an outage. */
const systems: Budgets = {
  READ: { perMinute: 3000, burst: 6000 },
  SEARCH: { perMinute: 120, burst: 240 },
  COMMAND: { perMinute: 600, burst: 1200 },
  BULK: { perMinute: 120, burst: 240 },
};

/** Roles whose day differs from the rest: those who watch a board of many referrals, and those who send none. */
const ofRole: Partial<Readonly<Record<Role, Partial<Budgets>>>> = {
  COORDINATOR: { READ: { perMinute: 1200, burst: 2400 }, SEARCH: { perMinute: 60, burst: 120 } },
  ANALYST: { COMMAND: { perMinute: 30, burst: 30 } },
};

export const budgetOf = ({ kind, role }: Pick<Actor, 'kind' | 'role'>, of: OperationClass): Budget =>
  kind === 'STAFF' ? (ofRole[role]?.[of] ?? people[of]) : systems[of];

/** Callers without a sign-in, by source address: a whole station may share one. */
export const anonymousBudget: Budget = { perMinute: 600, burst: 1200 };
/** Tokens that have not been seen to be good, by source address; each costs a signature and a look-up. */
export const strangerBudget: Budget = { perMinute: 1200, burst: 1200 };

/** Root fields that cost more than their kind says; every other query is a READ, every other mutation a COMMAND. */
const dearer: Readonly<Record<string, OperationClass>> = {
  matchPrograms: 'SEARCH',
  findPersons: 'SEARCH',
  // Finds a person whom nobody showed: guessing names and numbers is no quicker in the name of an emergency.
  breakGlass: 'SEARCH',
  // A printed packet, a year counted anew, months played again: each is a second of a processor.
  packet: 'SEARCH',
  report: 'SEARCH',
  replaySpikes: 'SEARCH',
  postCensus: 'BULK',
  reportOverdoses: 'BULK',
};

export const classOf = (kind: 'query' | 'mutation' | 'subscription', field: string): OperationClass =>
  (Object.hasOwn(dearer, field) ? dearer[field] : undefined) ?? (kind === 'mutation' ? 'COMMAND' : 'READ');

/** For the spec that finds a name no operation has. */
export const namedOperations: readonly string[] = Object.keys(dearer);
