import type { RecordComparer } from './compare/compare-records';
import {
  comparisons,
  emptyLevels,
  fieldLevels,
  levelName,
  positionOf,
  type Comparison,
  type LevelName,
} from './compare/levels';
import type { LinkageField } from './linkage-record';
import { beliefsOf, priorBits, type LinkageModel } from './model/linkage-model';
import type { Weigher } from './model/weigh';
import { valueOf, type PreparedRecord } from './prepared-record';

/** One line of the evidence: what was compared, how far it agrees, and how much that weighs. */
export interface EvidenceRow {
  readonly comparison: Comparison;
  readonly level: LevelName | 'MISSING';
  /** For (above zero) or against one person; ten bits are a thousand to one. */
  readonly bits: number;
  /** The two values as they were compared; `null` when missing, and for the order of two fields. */
  readonly left: string | null;
  readonly right: string | null;
}

export interface Explanation {
  readonly rows: readonly EvidenceRow[];
  /** Before anything was compared: how rarely two records are one person. */
  readonly priorBits: number;
  /** Taken off because two people of one household would look much the same; zero or less. */
  readonly relativesBits: number;
  /** Of one person: what prior, rows and relatives add up to. */
  readonly probability: number;
}

const isField = (comparison: Comparison): comparison is LinkageField => comparison in fieldLevels;

const shown = (record: PreparedRecord, comparison: Comparison): string | null => {
  if (comparison === 'nameSuffix') return record.nameSuffix;
  return isField(comparison) ? valueOf(record, comparison) : null;
};

/** The evidence for and against “one person”, side by side, in the order of the fields. */
export const explain = (
  [a, b]: readonly [PreparedRecord, PreparedRecord],
  comparer: RecordComparer,
  weigher: Weigher,
  prior: Pick<LinkageModel, 'matchRate' | 'relativeRate'>,
): Explanation => {
  const levels = emptyLevels();
  comparer.compare(a, b, levels);
  const evidence = weigher.weigh(levels, a, b);
  const bits = weigher.weighEach(levels, a, b);
  const rows = comparisons.map((comparison) => {
    const position = positionOf[comparison];
    const level = levelName(comparison, levels[position] as number);
    return {
      comparison,
      level,
      bits: bits[position] as number,
      left: shown(a, comparison),
      right: shown(b, comparison),
    };
  });
  const probability = beliefsOf(evidence, prior).onePerson;
  const before = priorBits(prior.matchRate);
  return { rows, priorBits: before, relativesBits: priorBits(probability) - before - evidence.bits, probability };
};
