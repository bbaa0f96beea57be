/** Mean and dispersion of a count: variance = mean + dispersion × mean². Zero dispersion is Poisson. */
export interface CountLaw {
  readonly mean: number;
  readonly dispersion: number;
}

/** Taken out once: these are the innermost steps of every verdict. */
const { abs, exp, log, log1p, max, min } = Math;

const LEAST_DISPERSION = 1e-6;
const LEAST_MEAN = 1e-12;
const TERM_PRECISION = 1e-12;
const HIGH_ODDS = 0.9;

/** ln Γ(x) for x > 0: Stirling’s series after stepping up to where it converges; error below 1e-10. */
export const logGamma = (x: number): number => {
  let shift = 0;
  let at = x;
  while (at < 10) {
    shift -= log(at);
    at += 1;
  }
  const inverse = 1 / at;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return shift + (at - 0.5) * log(at) - at + 0.918_938_533_204_672_8 + series;
};

/** Natural logarithm of the chance of exactly `count`. */
const logMass = (count: number, mean: number, size: number): number =>
  logGamma(count + size) -
  logGamma(size) -
  logGamma(count + 1) -
  size * log1p(mean / size) +
  count * log(mean / (size + mean));

/** Sum of the masses from `count` upwards, relative to the first. */
const upwards = (count: number, size: number, odds: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = count; term > sum * TERM_PRECISION; k += 1) {
    term *= ((k + size) / (k + 1)) * odds;
    sum += term;
  }
  return sum;
};

/**
 * The same by the continued fraction of the incomplete beta function (modified Lentz), for odds near one, where masses hardly fall: tens of
 * steps instead of hundreds of thousands.
 */
const fraction = (a: number, b: number, x: number): number => {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1, change = 0; abs(change - 1) > TERM_PRECISION; m += 1) {
    const at = a + 2 * m;
    const even = (m * (b - m) * x) / ((at - 1) * at);
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / (at * (at + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    change = d * c;
    value *= change;
  }
  return value;
};

/** Sum of the masses from `count` − 1 downwards to zero. */
const downwards = (count: number, mean: number, size: number): number => {
  const odds = mean / (size + mean);
  let term = exp(logMass(count - 1, mean, size));
  let sum = term;
  for (let k = count - 1; k > 0 && term > sum * TERM_PRECISION; k -= 1) {
    term *= k / ((k - 1 + size) * odds);
    sum += term;
  }
  return sum;
};

/** Above the mean, with odds near one. Where the fraction converges slowly the tail is thick, and what is left of it is summed instead. */
const farTail = (count: number, size: number, odds: number): number => {
  const mean = (size * odds) / (1 - odds);
  if (odds < (count + 1) / (count + size + 2)) {
    return min(0, logMass(count, mean, size) + log(fraction(count, size, odds)));
  }
  const left = size * log1p(-odds) + count * log(odds) + logGamma(count + size) - logGamma(count) - logGamma(size + 1);
  return log1p(-min(exp(left) * fraction(size, count, 1 - odds), 1 - Number.EPSILON));
};

/** Natural logarithm of the chance of `count` or more. Never above 0, never rising with `count`. */
export const logTail = (count: number, law: CountLaw): number => {
  if (count <= 0) return 0;
  const mean = max(law.mean, LEAST_MEAN);
  const size = 1 / max(law.dispersion, LEAST_DISPERSION);
  const odds = mean / (size + mean);
  if (count > mean && odds > HIGH_ODDS) return farTail(count, size, odds);
  if (count > mean) {
    return min(0, logMass(count, mean, size) + log(upwards(count, size, mean / (size + mean))));
  }
  return log1p(-min(downwards(count, mean, size), 1 - Number.EPSILON));
};
