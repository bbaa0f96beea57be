import { defaultPolicy } from './default-policy';
import { screenOf, type Screen } from './level-of-care';
import type { Need } from './need';
import type { FitRow, MatchPolicy } from './policy';
import { isRaised } from './signals';

/** What one run knows beyond need and candidate; worked out once, so that nothing is derived again for each candidate. */
export interface MatchContext {
  readonly policy: MatchPolicy;
  /** Milliseconds since the epoch. */
  readonly asOfMs: number;
  readonly screen: Screen;
  /** Fit rows whose signal is raised. */
  readonly fitRows: readonly FitRow[];
}

export const contextOf = (need: Need, asOf: Date, policy: MatchPolicy = defaultPolicy): MatchContext => ({
  policy,
  asOfMs: asOf.getTime(),
  screen: screenOf(need, policy),
  fitRows: policy.fitRows.filter((row) => isRaised(row.when, need, policy.signalTerms)),
});
