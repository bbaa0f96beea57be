import { endReasons, type EndReason, type OutreachCaseState, type VisitResult } from './vocabulary';

/** A step of a case's history, as far as parting needs it. */
export interface PastStep {
  readonly at: Date;
  readonly command: string;
  readonly fromState: OutreachCaseState | null;
  readonly toState: OutreachCaseState;
  readonly reason: string | null;
  /** Null: Handrail's own. */
  readonly agencyId: string | null;
  readonly actorId: string;
}

export interface Restored {
  readonly state: 'OPEN' | 'TRIED' | 'REACHED' | 'CLOSED';
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly endReason: EndReason | null;
  readonly outcome: VisitResult | null;
}

const OPEN: Restored = { state: 'OPEN', closedAt: null, closedBy: null, endReason: null, outcome: null };
const isEndReason = (reason: string | null): reason is EndReason =>
  reason !== null && Object.hasOwn(endReasons, reason);

/** How far a case was when it ended last. */
export const beforeEnding = (steps: readonly PastStep[]): 'OPEN' | 'TRIED' | 'REACHED' => {
  const state = steps.findLast(({ toState }) => toState === 'CLOSED')?.fromState;
  return state === 'TRIED' || state === 'REACHED' ? state : 'OPEN';
};

const closedBy = (step: PastStep | undefined): Restored => {
  if (!step) return OPEN;
  const { reason } = step;
  const ended = { closedAt: step.at, closedBy: step.agencyId === null ? null : step.actorId };
  if (isEndReason(reason)) return { state: 'CLOSED', ...ended, endReason: reason, outcome: null };
  return { state: 'CLOSED', ...ended, endReason: null, outcome: reason as VisitResult | null };
};

/**
 * How a row was before it was joined into another, by its own history (oldest first): what it had then, it has again. Who has it, and whom
 * it is handed to, is worked out anew.
 */
export const beforeJoining = (steps: readonly PastStep[]): Restored => {
  const joined = steps.map(({ command }) => command).lastIndexOf('void');
  const state = steps[joined]?.fromState;
  if (state === 'CLOSED') {
    return closedBy(steps.slice(0, joined).findLast((step) => step.toState === 'CLOSED' && step.command !== 'void'));
  }
  return state === 'TRIED' || state === 'REACHED' ? { ...OPEN, state } : OPEN;
};
