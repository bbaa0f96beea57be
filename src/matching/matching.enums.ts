import { enumOf } from '../platform/graphql';
import { missingSignals } from './engine/intake';
import { rules, type RuleName } from './engine/rules';
import { terms } from './engine/score';
import type { LastUse } from './engine/need';
import type { TermName } from './engine/policy';

const lastUses = {
  WITHIN_24_HOURS: 'In the last 24 hours',
  WITHIN_72_HOURS: 'One to three days ago',
  WITHIN_30_DAYS: 'Three to thirty days ago',
  LONGER: 'More than thirty days ago',
  UNKNOWN: 'Not known',
} as const satisfies Record<LastUse, string>;

/** The run’s own word for a program that this referral was put to before. Not the engine’s: it knows no referral. */
export const ALREADY_ASKED = 'ALREADY_ASKED';
export type RunRule = RuleName | typeof ALREADY_ASKED;

const described = <Name extends string>(named: readonly { name: Name; description: string }[]): Record<Name, string> =>
  Object.fromEntries(named.map(({ name, description }) => [name, description])) as Record<Name, string>;

export const LastUseEnum = enumOf('LastUse', lastUses, 'How long ago the person last used; decides over withdrawal.');
export const MissingSignalEnum = enumOf(
  'MissingSignal',
  missingSignals,
  'A fact that has to be asked before anything can be routed.',
);
export const MatchRuleEnum = enumOf<RunRule>(
  'MatchRule',
  {
    ...described<RuleName>(rules),
    [ALREADY_ASKED]: 'The referral was put to this program before and not taken.',
  },
  'A hard rule of matching. One that is not met removes the program; no score outweighs it.',
);
export const ScoreTermEnum = enumOf<TermName>(
  'ScoreTermName',
  described<TermName>(terms),
  'One view on how good an eligible program is for the person.',
);
