import type { ScoredTerm } from './engine/score';
import type { RunVerdict } from './run-verdicts';

/** A term under the names of the API. Renamed here and not by a field resolver, which would run once for every term. */
export type ShownTerm = Omit<ScoredTerm, 'term'> & { readonly name: ScoredTerm['term'] };

export type ShownVerdict = Omit<RunVerdict, 'terms'> & { readonly terms: readonly ShownTerm[] };

export const shownTerm = ({ term, value, weight, because }: ScoredTerm): ShownTerm => ({
  name: term,
  value,
  weight,
  because,
});

export const shownVerdict = (verdict: RunVerdict): ShownVerdict => ({
  ...verdict,
  terms: verdict.terms.map(shownTerm),
});
