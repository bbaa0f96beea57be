import { beliefsOf, type Beliefs, type Evidence, type LinkageModel } from '../model/linkage-model';

type Prior = Pick<LinkageModel, 'matchRate' | 'relativeRate'>;

/** Candidate pairs worth looking at, by record number, with what comparing them gave. */
export class ScoredPairs {
  private numbers = new Int32Array(1 << 12);
  private evidence = new Float64Array(1 << 12);
  length = 0;

  add(left: number, right: number, { bits, overRelatives }: Evidence): void {
    if (2 * this.length === this.numbers.length) this.grow();
    this.numbers.set([left, right], 2 * this.length);
    this.evidence.set([bits, overRelatives], 2 * this.length);
    this.length += 1;
  }

  left(at: number): number {
    return this.numbers[2 * at] as number;
  }

  right(at: number): number {
    return this.numbers[2 * at + 1] as number;
  }

  bits(at: number): number {
    return this.evidence[2 * at] as number;
  }

  evidenceOf(at: number): Evidence {
    return { bits: this.bits(at), overRelatives: this.evidence[2 * at + 1] as number };
  }

  /** How many pairs are one person, and how many two of one household, if such pairs are as common as `prior` says. */
  expected(prior: Prior): Beliefs {
    const onePerson = new Float64Array(this.length);
    const relatives = new Float64Array(this.length);
    for (let at = 0; at < this.length; at += 1) {
      const beliefs = beliefsOf(this.evidenceOf(at), prior);
      onePerson[at] = beliefs.onePerson;
      relatives[at] = beliefs.relatives;
    }
    return { onePerson: sumOf(onePerson), relatives: sumOf(relatives) };
  }

  private grow(): void {
    const numbers = new Int32Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    const evidence = new Float64Array(this.evidence.length * 2);
    evidence.set(this.evidence);
    [this.numbers, this.evidence] = [numbers, evidence];
  }
}

/** In order of size: the same pairs in another order give the same sum to the last bit. */
const sumOf = (shares: Float64Array): number => shares.sort().reduce((sum, share) => sum + share, 0);
