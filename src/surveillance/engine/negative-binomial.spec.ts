import fc from 'fast-check';
import { logGamma, logTail } from './negative-binomial';

describe('the tail of a negative binomial', () => {
  it('knows factorials', () => {
    expect(Math.exp(logGamma(1))).toBeCloseTo(1, 9);
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 6);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 9);
  });

  it('is Poisson without dispersion', () => {
    // P(X ≥ 1) = 1 − e⁻², P(X ≥ 3) = 1 − 5 e⁻².
    expect(Math.exp(logTail(1, { mean: 2, dispersion: 0 }))).toBeCloseTo(1 - Math.exp(-2), 5);
    expect(Math.exp(logTail(3, { mean: 2, dispersion: 0 }))).toBeCloseTo(1 - 5 * Math.exp(-2), 5);
  });

  it('is geometric with a dispersion of one', () => {
    // Mean 3: P(X ≥ k) = (3/4)^k.
    expect(Math.exp(logTail(2, { mean: 3, dispersion: 1 }))).toBeCloseTo(0.75 ** 2, 9);
    expect(Math.exp(logTail(12, { mean: 3, dispersion: 1 }))).toBeCloseTo(0.75 ** 12, 9);
  });

  it('is the sum of its masses also where they hardly fall: dispersed beyond any county, far above and near the mean', () => {
    const summed = (count: number, mean: number, dispersion: number): number => {
      const size = 1 / dispersion;
      let mass = (1 + mean / size) ** -size;
      let below = 0;
      for (let k = 0; k < count; k += 1) {
        below += mass;
        mass *= ((k + size) / (k + 1)) * (mean / (size + mean));
      }
      return Math.log(1 - below);
    };
    for (const [count, mean, dispersion] of [
      ...([
        [200, 180, 12.8],
        [3000, 180, 12.8],
        [9000, 180, 12.8],
      ] as const),
      ...([
        [500, 400, 0.3],
        [1500, 400, 0.3],
        [61, 60, 25.6],
      ] as const),
    ]) {
      expect(logTail(count, { mean, dispersion })).toBeCloseTo(summed(count, mean, dispersion), 5);
    }
  });

  it('stays finite where the chance itself does not', () => {
    expect(logTail(2000, { mean: 1, dispersion: 0 })).toBeLessThan(-5000);
    expect(logTail(5, { mean: 0, dispersion: 0 })).toBeLessThan(-100);
    expect(logTail(0, { mean: 3, dispersion: 0.1 })).toBe(0);
  });

  it('falls with every further count and rises with the mean', () => {
    const law = fc.record({
      mean: fc.double({ min: 0.001, max: 300, noNaN: true }),
      dispersion: fc.double({ min: 0, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(law, fc.integer({ min: 0, max: 500 }), ({ mean, dispersion }, count) => {
        const tail = logTail(count, { mean, dispersion });
        expect(logTail(count + 1, { mean, dispersion })).toBeLessThanOrEqual(tail + 1e-9);
        expect(logTail(count, { mean: mean * 1.1, dispersion })).toBeGreaterThanOrEqual(tail - 1e-9);
      }),
    );
  });
});
