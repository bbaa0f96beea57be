import { posteriorOf, priorBits } from '../model/linkage-model';

/** Candidate pairs worth looking at, by record number, with the bits that comparing them gave. */
export class ScoredPairs {
  private numbers = new Int32Array(1 << 12);
  private weights = new Float64Array(1 << 11);
  length = 0;

  add(left: number, right: number, bits: number): void {
    if (this.length === this.weights.length) this.grow();
    this.numbers[2 * this.length] = left;
    this.numbers[2 * this.length + 1] = right;
    this.weights[this.length] = bits;
    this.length += 1;
  }

  left(at: number): number {
    return this.numbers[2 * at] as number;
  }

  right(at: number): number {
    return this.numbers[2 * at + 1] as number;
  }

  bits(at: number): number {
    return this.weights[at] as number;
  }

  /** Pairs one person probably stands behind, were `matchRate` the share of such pairs. */
  expectedMatches(matchRate: number): number {
    const prior = priorBits(matchRate);
    // Summed in order of size: the same pairs in another order give the same sum to the last bit.
    return this.weights
      .slice(0, this.length)
      .sort()
      .reduce((sum, bits) => sum + posteriorOf(prior + bits), 0);
  }

  private grow(): void {
    const numbers = new Int32Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    const weights = new Float64Array(this.weights.length * 2);
    weights.set(this.weights);
    [this.numbers, this.weights] = [numbers, weights];
  }
}
