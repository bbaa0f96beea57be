import type { MatchResult } from './match';
import { ruleNames, type RuleName } from './rules';
import type { Verdict } from './verdict';

export interface RuleCount {
  readonly rule: RuleName;
  readonly pools: number;
  readonly programs: number;
}

/** Why a run left nobody. */
export interface UnmetNeed {
  /** Pools that were judged; 0: nothing was within reach of the search at all. */
  readonly judged: number;
  /** The smallest number of rules that stood against any pool; 0 when nothing was judged. */
  readonly fewestRules: number;
  /** Rules that removed the pools that came closest, most pools first: what would have to change first. */
  readonly lastRules: readonly RuleCount[];
  /** One sentence for the record. */
  readonly because: string;
}

/** How many pools and programs each rule stands against, in a run; most pools first, then in the order of the rules. */
export const removalCounts = (verdicts: readonly Verdict[]): RuleCount[] => {
  const pools = new Map<RuleName, number>();
  const programs = new Map<RuleName, Set<string>>();
  for (const { programId, removedBy } of verdicts) {
    for (const { rule } of removedBy) {
      const counted = programs.get(rule) ?? new Set();
      pools.set(rule, (pools.get(rule) ?? 0) + 1);
      programs.set(rule, counted.add(programId));
    }
  }
  return [...programs]
    .map(([rule, { size }]) => ({ rule, pools: pools.get(rule) as number, programs: size }))
    .sort((a, b) => b.pools - a.pools || ruleNames.indexOf(a.rule) - ruleNames.indexOf(b.rule));
};

const sentence = (fewestRules: number, counts: readonly RuleCount[]): string => {
  const words = counts.map(({ rule, pools }) => `${rule} (${String(pools)})`).join(', ');
  return `The pools that came closest failed ${String(fewestRules)} ${fewestRules === 1 ? 'rule' : 'rules'}: ${words}.`;
};

/** The rules that removed the last candidates of a run that leaves nobody; `null` when somebody is left. */
export const lastRuleStanding = ({ verdicts }: Pick<MatchResult, 'verdicts'>): UnmetNeed | null => {
  if (verdicts.some(({ isEligible }) => isEligible)) return null;
  if (verdicts.length === 0) {
    return { judged: 0, fewestRules: 0, lastRules: [], because: 'No pool was within reach of the search.' };
  }
  const fewestRules = verdicts.reduce((fewest, { removedBy }) => Math.min(fewest, removedBy.length), Infinity);
  const lastRules = removalCounts(verdicts.filter(({ removedBy }) => removedBy.length === fewestRules));
  return { judged: verdicts.length, fewestRules, lastRules, because: sentence(fewestRules, lastRules) };
};
