import { comparisonLevels, emptyLevels, positionOf } from '../compare/levels';
import { identifyingFields } from '../decide/identifying-fields';
import { ConflictFinder } from '../model/conflicts';
import type { LinkagePolicy } from '../policy';
import type { EvidenceLine } from './agreement';

/** A pair on file, with the persons that its two records are taken for. */
export interface PairOnFile {
  readonly one: string;
  readonly other: string;
  /** Nobody has decided about it. */
  readonly isOpen: boolean;
  /** A record of it is a Part 2 program’s. */
  readonly isWalled: boolean;
  readonly evidence: readonly EvidenceLine[];
}

/** Two persons whose records differ in no more than a slip of the pen would make. */
export interface Slip {
  readonly one: string;
  readonly other: string;
  /** Identifying facts that agree. */
  readonly facts: number;
}

const levelsOf = (evidence: readonly EvidenceLine[]) => {
  const levels = emptyLevels();
  for (const { comparison, level } of evidence) {
    const names: readonly string[] = comparisonLevels[comparison];
    levels[positionOf[comparison]] = names.indexOf(level);
  }
  return levels;
};

/** How many facts agree; none where anything says that they are two, or too few agree to say that they are one. */
const factsOf = (pair: PairOnFile, against: ConflictFinder, policy: LinkagePolicy): number => {
  if (!pair.isOpen || pair.isWalled) return 0;
  const levels = levelsOf(pair.evidence);
  const { agreeing, contrary } = identifyingFields(levels, policy.identifiers);
  const isSlip = contrary.length === 0 && agreeing.length >= policy.identifiers.least && against.find(levels) === null;
  return isSlip ? agreeing.length : 0;
};

/**
 * Persons who may be one but for a slip, from all pairs on file between them. Where one pair of their records speaks against it, is
 * decided, or stands behind the wall of Part 2, they are two.
 */
export const slipsAmong = (pairs: readonly PairOnFile[], policy: LinkagePolicy): Slip[] => {
  const against = new ConflictFinder([...policy.suffixes, ...policy.conflicts, ...policy.lookup.slips]);
  const found = new Map<string, Slip>();
  for (const pair of pairs) {
    const [one, other] = [pair.one, pair.other].sort() as [string, string];
    const key = `${one} ${other}`;
    const facts = Math.min(factsOf(pair, against, policy), found.get(key)?.facts ?? Infinity);
    if (one !== other) found.set(key, { one, other, facts });
  }
  return [...found.values()].filter(({ facts }) => facts > 0);
};
