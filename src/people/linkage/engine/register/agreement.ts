import type { Explanation } from '../explain';
import type { Comparison } from '../compare/levels';

/** How far two records agree in one thing, in words. */
export const agreements = {
  AGREES: 'The same in both records',
  CLOSE: 'Nearly the same: a slip, a nickname, parts swapped, a suffix in one alone',
  DIFFERS: 'Different in the two records',
} as const;
export type Agreement = keyof typeof agreements;

/** One line of evidence without the values that were compared: what may be kept and logged. */
export interface EvidenceLine {
  readonly comparison: Comparison;
  readonly agreement: Agreement;
  readonly level: string;
  /** Rounded to a tenth; ten bits are a thousand to one. */
  readonly bits: number;
}

const agreementOf = (level: string): Agreement => {
  if (level === 'EXACT') return 'AGREES';
  return level === 'DIFFERENT' || level === 'WITHIN_A_YEAR' ? 'DIFFERS' : 'CLOSE';
};

/** What is missing in one of the records is no evidence, nor is the usual order of names. */
export const evidenceLines = ({ rows }: Explanation): EvidenceLine[] =>
  rows
    .filter(({ level }) => level !== 'MISSING' && level !== 'IN_ORDER')
    .map(({ comparison, level, bits }) => ({
      comparison,
      agreement: agreementOf(level),
      level,
      bits: Math.round(bits * 10) / 10,
    }));
