import { mayRead, type Actor, type Facts } from '../access';
import { rulesWithoutAnswers, type MatchRunRow, type RunRule, type ToldRun, type UnmetNeedRow } from '../matching';
import type { ReferralRow, Related } from './referrals.store';

/** What the policy weighs, for what is made of the referral and read under its conditions. */
export const factsOf = ({ relations, consents, part2, isEnded }: ReferralRow): Related => ({
  ...{ relations, consents, part2, isEnded },
});

/** How often was searched, and whom a search passes over, tells what programs answered. */
const mayKnowAnswers = (actor: Actor, referral: ReferralRow): boolean => mayRead(actor, 'Referral', 'offers', referral);

/**
 * Runs, newest first. Whoever may not know of the offers is told the search that the referral began with: each later one is there because
 * a program answered, a place opened, or somebody came and went.
 */
export const runsTold = (actor: Actor, referral: ReferralRow, runs: readonly MatchRunRow[]): ToldRun[] => {
  const isWithoutAnswers = !mayKnowAnswers(actor, referral);
  const facts = { ...factsOf(referral), isWithoutAnswers };
  return (isWithoutAnswers ? runs.slice(-1) : runs).map((run) => ({
    ...{ ...run, ...facts },
    consents: run.isHeardOfOthers ? [] : facts.consents,
  }));
};

/** An unmet need, under the conditions of its referral. */
export const unmetNeedTold = ({ part2, isEnded }: ReferralRow, unmet: UnmetNeedRow): UnmetNeedRow & Facts =>
  Object.assign({}, unmet, { part2, isEnded });

export const unmetRulesTold = (actor: Actor, referral: ReferralRow | null, rules: readonly RunRule[]): RunRule[] =>
  referral && mayKnowAnswers(actor, referral) ? [...rules] : rulesWithoutAnswers(rules);
