/** A seeded sequence (Park and Miller’s minimal standard generator), so that two evaluations differ by the rules alone. */
export interface Dice {
  /** In [0, 1). */
  next(): number;
  /** Whole, both ends included. */
  between(low: number, high: number): number;
  oneOf<T>(values: readonly T[]): T;
}

const MODULUS = 2_147_483_647;
const MULTIPLIER = 48_271;

export const diceOf = (seed: number): Dice => {
  let state = seed % MODULUS;
  const next = (): number => {
    state = (state * MULTIPLIER) % MODULUS;
    return state / MODULUS;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { next, between, oneOf: (values) => values[between(0, values.length - 1)] as (typeof values)[number] };
};
