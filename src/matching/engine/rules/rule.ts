import type { Candidate } from '../candidate';
import type { MatchContext } from '../context';
import type { Need } from '../need';

type Judge<Answer> = (need: Need, candidate: Candidate, context: MatchContext) => Answer;

export interface RuleOutcome {
  readonly met: boolean;
  /** Plain words with the figures; no personal data beyond the need's own facts. */
  readonly because: string;
}

/**
 * A hard rule. `isMet` decides and builds no text: a run may ask it thousands of times. `because` states the facts on both
 * sides, true whichever way the rule went, so that decision and explanation cannot contradict each other.
 */
export interface Rule<Name extends string = string> {
  /** UPPER_SNAKE; stored with runs. */
  readonly name: Name;
  readonly description: string;
  /** Where the rule comes from; `null`: the product's own. */
  readonly source: string | null;
  /**
   * `MOMENT`: may be met an hour from now (room, hours, an old census), so the person can wait for the program.
   * `PERSON`: the program does not suit this person, now or later.
   */
  readonly about: 'PERSON' | 'MOMENT';
  readonly isMet: Judge<boolean>;
  readonly because: Judge<string>;
  readonly test: Judge<RuleOutcome>;
}

export const rule = <Name extends string>(definition: Omit<Rule<Name>, 'test'>): Rule<Name> => ({
  ...definition,
  test: (need, candidate, context) => ({
    met: definition.isMet(need, candidate, context),
    because: definition.because(need, candidate, context),
  }),
});
