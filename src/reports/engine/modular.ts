/** A prime below 2^26, so that products of two residues are exact in a double. */
export const PRIME = 67_108_859;

export const times = (one: number, other: number): number => (one * other) % PRIME;

export const inverse = (value: number): number => {
  let result = 1;
  let base = value;
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
};

/** Values that could be anybody’s guess; the same in every run. */
export const guesses = function* (): Generator<number, never> {
  for (let state = 1; ;) {
    state = (times(state, 48_271) + 11) % PRIME;
    yield state + 1;
  }
};
