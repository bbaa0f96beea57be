import type { Candidate } from '../candidate';
import type { MatchContext } from '../context';
import type { Need } from '../need';
import type { TermName } from '../policy';

type Weigh<Answer> = (need: Need, candidate: Candidate, context: MatchContext, distanceKm: number) => Answer;

/** One view on how good an eligible candidate is. `valueOf` lies in [0, 1] and builds no text; `because` gives the figures. */
export interface Term {
  readonly name: TermName;
  readonly description: string;
  readonly valueOf: Weigh<number>;
  readonly because: Weigh<string>;
}

/** `0.6543` → `65 %`. */
export const percent = (share: number): string => `${String(Math.round(share * 100))} %`;
