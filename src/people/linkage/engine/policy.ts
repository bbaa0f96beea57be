import type { BlockingKey } from './blocking/blocking-keys';
import type { Likeness } from './compare/compare-words';
import type { Comparison, LevelName } from './compare/levels';
import type { LinkageField } from './linkage-record';

/** Probabilities of the levels of one comparison, best level first. */
export interface LevelRates {
  /** Among pairs of one person. */
  readonly m: readonly number[];
  /** Among pairs of two people. */
  readonly u: readonly number[];
}

/** Pairs that show all of these levels are not linked without a human. */
export interface Conflict {
  readonly name: string;
  readonly when: Readonly<Partial<Record<Comparison, readonly (LevelName | 'MISSING')[]>>>;
  /** Plain words for the person who reviews. */
  readonly reason: string;
}

/** Every figure of linkage that an installation may set otherwise. Plain data: stored with what it decided. */
export interface LinkagePolicy {
  readonly version: string;
  /** Posterior probability from which a pair is LINKED, and from which it is for REVIEW. */
  readonly linkFrom: number;
  readonly reviewFrom: number;
  /**
   * A file that shows at least `matchesFrom` pairs of one person, and pairs of relatives at most in this share of that, has no
   * households to guard against: conflicts fall away, fewer identifiers and a lower probability do.
   */
  readonly withoutRelatives: {
    readonly matchesFrom: number;
    readonly relativesUpTo: number;
    readonly linkFrom: number;
    readonly leastIdentifiers: number;
    /** In place of `chainConflicts`, within one file. */
    readonly chainConflicts: readonly Conflict[];
  };
  readonly conflicts: readonly Conflict[];
  /** Stand in every file, without relatives too, and in every chain: who writes Sr. or Jr. says that there are two of the name. */
  readonly suffixes: readonly Conflict[];
  /**
   * Pairs that show these may well be one person: they teach as others do, and go to a human. Where there are any, `chainConflicts` always
   * stand, or a record that leaves the name out would tie twins together.
   */
  readonly doubts: readonly Conflict[];
  /** Stand against a link once both sides were written down twice: a name or a date in two records of each side is no slip. */
  readonly chainConflicts: readonly Conflict[];
  /**
   * Whether a chain conflict counts only where two records of each side, at one with each other, show the same: where names and dates are
   * often miswritten, one in conflict is a slip, and two are another person.
   */
  readonly isChainOfTwos: boolean;
  readonly relatives: {
    /** How often two people of one household agree as one person would, for each field in which they are not simply one. */
    readonly alike: Readonly<Partial<Record<LinkageField, number>>>;
    /** Relatives of each person among the records, before any were seen. */
    readonly perPerson: number;
  };
  /**
   * However small the files are, a link needs so many of `fields` to agree at one of `levels` (those of `exact` to the letter), one of
   * `personal` among them: family, address and telephone are shared in a household. Each field that is at a level of `contrary` needs
   * `forEachContrary` more.
   */
  readonly identifiers: {
    readonly fields: readonly LinkageField[];
    readonly personal: readonly LinkageField[];
    readonly levels: readonly LevelName[];
    readonly exact: readonly LinkageField[];
    readonly contrary: Readonly<Partial<Record<LinkageField, readonly LevelName[]>>>;
    readonly forEachContrary: number;
    readonly least: number;
  };
  /** Fields that stand and fall together (one household has one address): together they weigh at most so many bits. */
  readonly bundles: readonly { readonly fields: readonly LinkageField[]; readonly mostBits: number }[];
  /** Probability that any two members of one person’s group must have: below it, a chain has tied two people together. */
  readonly chainFrom: number;
  readonly lookup: {
    /** Of the people a register is searched for, the share that is in it. */
    readonly knownShare: number;
    /** Relatives of each who are in it too. */
    readonly relativesEach: number;
    /** A key that at most so many share makes candidates alone, any other together with a second one. */
    readonly telling: number;
    /** So many people a register is taken to have at least: few on file are no sign of few in the county. */
    readonly leastPeople: number;
    /** So many people of average names are added to those counted: a name seen once among ninety is not one in twenty thousand. */
    readonly averagePeople: number;
    /** As `relatives.alike`, `identifiers.least` and `doubts` of files, for one person who is looked up: nothing was learnt, and relatives are about. */
    readonly alike: Readonly<Partial<Record<LinkageField, number>>>;
    readonly leastIdentifiers: number;
    readonly doubts: readonly Conflict[];
    /** In place of `doubts`, where time and place say too that the two are one: a slip of the pen is none of these. */
    readonly slips: readonly Conflict[];
    /** So many candidates of one person are compared at most, those with most keys in common first. */
    readonly mostCandidates: number;
  };
  readonly likeness: Likeness;
  readonly blocking: {
    readonly keys: readonly BlockingKey[];
    /** A key that more records share than this finds nobody: it is left to the other keys. */
    readonly largestBlock: number;
  };
  readonly training: {
    /** What is expected before any file was seen, and what files are weighed against. */
    readonly rates: Readonly<Record<Comparison, LevelRates>>;
    /** Pairs of one person, and of two, that these expectations weigh. */
    readonly matchStrength: number;
    readonly nonMatchStrength: number;
    /** Pairs are drawn for training where all fields of a rule agree exactly; the rule learns about the other fields. */
    readonly rules: readonly (readonly LinkageField[])[];
    readonly pairsPerRule: number;
    readonly randomPairs: number;
    readonly rounds: number;
    readonly steps: number;
  };
}
