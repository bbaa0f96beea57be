import { readRules } from '../platform/config';
import type { RiskPolicy } from './engine/person-risk';

interface RiskRules {
  readonly versions: readonly RiskPolicy[];
}

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const problemsOf = ({ version, withinDays, signals }: RiskPolicy): string[] => [
  ...(isCount(withinDays) ? [] : [`${version}: withinDays is no number of days`]),
  ...Object.entries(signals).flatMap(([signal, figures]) =>
    Object.values(figures as Record<string, unknown>).every(isCount) ? [] : [`${version}: ${signal} lacks a figure`],
  ),
];

const loaded = (): readonly RiskPolicy[] => {
  const { versions } = readRules('overdose-risk.json') as RiskRules;
  const problems = [...(versions.length > 0 ? [] : ['no version']), ...versions.flatMap(problemsOf)];
  if (problems.length > 0) throw new Error(`rules/overdose-risk.json: ${problems.join('; ')}`);
  return [...versions].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
};

let shipped: readonly RiskPolicy[] | undefined;

/** The policy in force at a moment, from `rules/overdose-risk.json`; before the first, the first. */
export const riskPolicyAt = (moment: Date): RiskPolicy => {
  shipped ??= loaded();
  const day = moment.toISOString().slice(0, 10);
  return (shipped.find(({ validFrom }) => validFrom <= day) ?? shipped.at(-1)) as RiskPolicy;
};
