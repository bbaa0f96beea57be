import type { TermName } from './engine/policy';
import type { RunRule } from './matching.enums';
import type { RunVerdict } from './run-verdicts';

interface StoredPool {
  readonly programId: string;
  readonly poolId: string;
  readonly distanceKm: number | null;
  readonly score: number | null;
  /** [rule, index of its text] */
  readonly removedBy: readonly (readonly [RunRule, number])[];
  /** [term, value, weight, index of its text] */
  readonly terms: readonly (readonly [TermName, number, number, number])[];
}

/**
 * The verdicts of a run as `match_run.verdicts` keeps them. Hundreds of pools are removed with the same few sentences, so each
 * sentence is kept once.
 */
export interface StoredVerdicts {
  readonly texts: readonly string[];
  readonly pools: readonly StoredPool[];
  /** Pools within reach that the run did not judge. */
  readonly leftOut: number;
}

class Texts {
  readonly #indexes = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    this.#indexes.set(text, this.#indexes.size);
    return this.#indexes.size - 1;
  }

  get all(): string[] {
    return [...this.#indexes.keys()];
  }
}

/** Metres are enough, and shorter. */
const metres = (km: number | null): number | null => (km === null ? null : Math.round(km * 1000) / 1000);

export const packVerdicts = (verdicts: readonly RunVerdict[], leftOut: number): StoredVerdicts => {
  const texts = new Texts();
  const pools = verdicts.map(({ programId, poolId, distanceKm, score, removedBy, terms }): StoredPool => ({
    programId,
    poolId,
    distanceKm: metres(distanceKm),
    score,
    removedBy: removedBy.map(({ rule, because }) => [rule, texts.indexOf(because)]),
    terms: terms.map(({ term, value, weight, because }) => [term, value, weight, texts.indexOf(because)]),
  }));
  return { texts: texts.all, pools, leftOut };
};

export const unpackVerdicts = ({ texts, pools }: StoredVerdicts): RunVerdict[] => {
  const text = (index: number): string => texts[index] ?? '';
  return pools.map(({ removedBy, terms, ...pool }) => ({
    ...pool,
    isEligible: removedBy.length === 0,
    removedBy: removedBy.map(([rule, because]) => ({ rule, because: text(because) })),
    terms: terms.map(([term, value, weight, because]) => ({ term, value, weight, because: text(because) })),
  }));
};
