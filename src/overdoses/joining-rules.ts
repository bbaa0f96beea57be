import { readRules } from '../platform/config';
import { joiningPolicyProblems, type JoiningPolicy } from './engine/joining-policy';

interface JoiningRules {
  readonly versions: readonly JoiningPolicy[];
}

const loaded = (): readonly JoiningPolicy[] => {
  const { versions } = readRules('overdose-joining.json') as JoiningRules;
  const problems = [...(versions.length > 0 ? [] : ['no version']), ...versions.flatMap(joiningPolicyProblems)];
  if (problems.length > 0) throw new Error(`rules/overdose-joining.json: ${problems.join('; ')}`);
  return [...versions].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
};

let shipped: readonly JoiningPolicy[] | undefined;

/** The policy in force at a moment, from `rules/overdose-joining.json`; before the first, the first. */
export const joiningPolicyAt = (moment: Date): JoiningPolicy => {
  shipped ??= loaded();
  const day = moment.toISOString().slice(0, 10);
  return (shipped.find(({ validFrom }) => validFrom <= day) ?? shipped.at(-1)) as JoiningPolicy;
};
