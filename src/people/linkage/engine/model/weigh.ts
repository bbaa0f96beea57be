import { comparisonLevels, comparisons, MISSING, positionOf, type Comparison, type Levels } from '../compare/levels';
import { linkageFields, type LinkageField } from '../linkage-record';
import type { LevelRates, LinkagePolicy } from '../policy';
import { valueOf, type PreparedRecord } from '../prepared-record';
import type { Frequencies } from './frequencies';
import type { Evidence } from './linkage-model';
import type { Trained } from './train';

const SMALLEST_SHARE = 1e-6;
const CROSSED = 1;

/** Bits of each level, never rising from a better level to a worse one, whatever the file taught. */
const fallingBits = (m: readonly number[], u: readonly number[]): number[] => {
  let most = Infinity;
  return m.map((rate, level) => {
    most = Math.min(most, Math.log2(rate / (u[level] as number)));
    return most;
  });
};

/** Bits of each level for one person and against two of one household, who agree in a field only so often as one person would. */
const bitsOverRelatives = ({ m, u }: LevelRates, alike: number): number[] =>
  fallingBits(
    m,
    m.map((rate, level) => alike * rate + (1 - alike) * (u[level] as number)),
  );

const orderOf: Readonly<Partial<Record<LinkageField, number>>> = {
  givenName: positionOf.nameOrder,
  familyName: positionOf.nameOrder,
  street: positionOf.addressOrder,
  city: positionOf.addressOrder,
};

/** Weighs pairs: how many bits of evidence each comparison gives for “one person”. */
export class Weigher {
  private readonly bits: Readonly<Record<Comparison, readonly number[]>>;
  private readonly bundles: readonly { readonly positions: readonly number[]; readonly mostBits: number }[];
  private readonly overRelatives: Readonly<Record<LinkageField, readonly number[]>>;
  private readonly alike: LinkagePolicy['relatives']['alike'];
  private readonly weights = new Float64Array(comparisons.length);

  constructor(
    private readonly model: Trained,
    private readonly frequencies: Pick<Frequencies, 'shareOf'>,
    { bundles, relatives }: LinkagePolicy,
  ) {
    const rows = comparisons.map((comparison) => {
      const { m, u } = model.rates[comparison];
      return [comparison, fallingBits(m, u)] as const;
    });
    this.bits = Object.fromEntries(rows) as unknown as Record<Comparison, readonly number[]>;
    this.overRelatives = Object.fromEntries(
      linkageFields.map((field) => [field, bitsOverRelatives(model.rates[field], relatives.alike[field] ?? 1)]),
    ) as Record<LinkageField, number[]>;
    this.alike = relatives.alike;
    this.bundles = bundles.map(({ fields, mostBits }) => ({
      positions: fields.map((field) => positionOf[field]),
      mostBits,
    }));
  }

  weigh(levels: Levels, a: PreparedRecord, b: PreparedRecord): Evidence {
    let bits = 0;
    for (const weight of this.weighEach(levels, a, b)) bits += weight;
    let overRelatives = 0;
    for (const field of linkageFields) overRelatives += this.bitsOverRelatives(field, levels, a, b);
    return { bits, overRelatives };
  }

  /** Two of one household who share a rare name are rarer than two who share a common one. */
  private bitsOverRelatives(field: LinkageField, levels: Levels, a: PreparedRecord, b: PreparedRecord): number {
    const [level, alike, order] = [levels[positionOf[field]] as number, this.alike[field] ?? 1, orderOf[field]];
    const bits = this.overRelatives[field][level] ?? 0;
    const isCrossed = order !== undefined && levels[order] === CROSSED;
    if (bits <= 0 || alike === 1 || isCrossed) return bits;
    const m = this.model.rates[field].m[0] as number;
    const exact = Math.log2(m / (alike * m + (1 - alike) * this.commonerShare(field, a, b)));
    return level === 0 ? exact : Math.min(bits, exact);
  }

  /** Bits of each comparison, at its position; overwritten by the next call. */
  weighEach(levels: Levels, a: PreparedRecord, b: PreparedRecord): Float64Array {
    for (const field of linkageFields) {
      const position = positionOf[field];
      const level = levels[position] as number;
      this.weights[position] = level === MISSING ? 0 : this.fieldBits(field, levels, a, b);
    }
    this.weights[positionOf.nameOrder] = this.orderBits('nameOrder', levels);
    this.weights[positionOf.addressOrder] = this.orderBits('addressOrder', levels);
    for (const bundle of this.bundles) this.hold(bundle.positions, bundle.mostBits);
    return this.weights;
  }

  private orderBits(order: 'nameOrder' | 'addressOrder', levels: Levels): number {
    return levels[positionOf[order]] === CROSSED ? (this.bits[order][CROSSED] as number) : 0;
  }

  /** No level weighs more than exact agreement on the more common of the two values would. */
  private fieldBits(field: LinkageField, levels: Levels, a: PreparedRecord, b: PreparedRecord): number {
    const level = levels[positionOf[field]] as number;
    const bits = this.bits[field][level] as number;
    const order = orderOf[field];
    if (order !== undefined && levels[order] === CROSSED) return bits;
    if (level === comparisonLevels[field].length - 1) return bits;
    const exact = this.exactBits(field, a, b);
    return level === 0 ? exact : Math.min(bits, exact);
  }

  private exactBits(field: LinkageField, a: PreparedRecord, b: PreparedRecord): number {
    return Math.log2((this.model.rates[field].m[0] as number) / this.commonerShare(field, a, b));
  }

  private commonerShare(field: LinkageField, a: PreparedRecord, b: PreparedRecord): number {
    return Math.max(this.shareOf(field, a), this.shareOf(field, b), SMALLEST_SHARE);
  }

  private shareOf(field: LinkageField, record: PreparedRecord): number {
    return this.frequencies.shareOf(field, valueOf(record, field) as string, this.model);
  }

  /** Scales what speaks for “one person” down to the most that the bundle may weigh. */
  private hold(positions: readonly number[], mostBits: number): void {
    let sum = 0;
    for (const position of positions) sum += Math.max(0, this.weights[position] as number);
    if (sum <= mostBits) return;
    for (const position of positions) {
      const weight = this.weights[position] as number;
      if (weight > 0) this.weights[position] = (weight * mostBits) / sum;
    }
  }
}
