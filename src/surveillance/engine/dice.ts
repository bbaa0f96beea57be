/** Taken out once: these are the innermost steps of every simulation. */
const { cos, imul, log, PI, sqrt } = Math;

/** A number in [0, 1). The engine throws no dice of its own: a seeded generator is handed in, so every verdict can be repeated. */
export type Dice = () => number;

/** Mulberry32: 32 bits of state, equal seeds give equal sequences on every machine. */
export const diceFrom = (seed: number): Dice => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Exponential with mean 1. */
export const waitingTime = (dice: Dice): number => -log(1 - dice());

/** Standard normal (Box and Muller). */
const normal = (dice: Dice): number => sqrt(2 * waitingTime(dice)) * cos(2 * PI * dice());

/** Gamma with mean 1 and the given variance (Marsaglia and Tsang 2000, with their step up for shapes below one). */
export const gammaDraw = (variance: number, dice: Dice): number => {
  if (variance <= 0) return 1;
  const shape = 1 / variance;
  const boost = shape < 1 ? (1 - dice()) ** variance : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / sqrt(9 * d);
  for (;;) {
    const x = normal(dice);
    const v = (1 + c * x) ** 3;
    if (v > 0 && waitingTime(dice) > d * v - d - d * log(v) - (x * x) / 2) return (boost * d * v) / shape;
  }
};
