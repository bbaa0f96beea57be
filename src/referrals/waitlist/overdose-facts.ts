import type { ToldRisk } from '../../overdoses';
import type { OverdoseFacts } from './waitlist-entries.store';
import { overdoseRiskOf, type WaitlistRules } from './waitlist-rules';

/** What a person’s overdoses are on the list, by the rules of a state. */
export const overdoseFactsOf = (risk: ToldRisk | undefined, rules: Pick<WaitlistRules, 'overdoses'>): OverdoseFacts => {
  const overdoseSignals = (risk?.raised ?? []).map(({ signal }) => signal);
  return {
    overdoseSignals,
    overdoseRisk: overdoseRiskOf(overdoseSignals, rules),
    overdoseAgencyId: risk?.toldBy ?? null,
  };
};
