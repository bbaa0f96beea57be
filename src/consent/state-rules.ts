import { readRules, rulesIn } from '../platform/config';
import { problemsOfRules, rulesOn, type StateRules } from './engine/may-consent';

/** The content of a file `rules/states/<ST>.json`. */
export interface StatePack {
  /** USPS code, or DEFAULT for every state without a pack of its own. */
  readonly state: string;
  readonly versions: readonly StateRules[];
}

const problemsOf = ({ state, versions }: StatePack): string[] => [
  ...(versions.length > 0 ? [] : [`${state} has no version`]),
  ...versions.flatMap((rules) => problemsOfRules(rules).map((problem) => `${rules.version}: ${problem}`)),
];

/** What the states lay down about minors, guardians and naloxone: data, versioned by the day it applies from. */
export class StatePacks {
  readonly #byState: ReadonlyMap<string, StatePack>;

  /** Throws when a pack is faulty or the default is missing. */
  constructor(packs: readonly StatePack[]) {
    this.#byState = new Map(packs.map((pack) => [pack.state, pack]));
    const problems = packs.flatMap(problemsOf);
    if (!this.#byState.has('DEFAULT')) problems.push('no DEFAULT');
    if (this.#byState.size < packs.length) problems.push('a state is given twice');
    if (problems.length > 0) throw new Error(`State rule packs: ${problems.join('; ')}`);
  }

  get states(): string[] {
    return [...this.#byState.keys()].sort();
  }

  /** The rules of a state (USPS code) in force at a moment; the default where it has none; undefined before the first. */
  find(state: string, at: Date): StateRules | undefined {
    const day = at.toISOString().slice(0, 10);
    const own = rulesOn(this.#byState.get(state)?.versions ?? [], day);
    return own ?? rulesOn(this.#byState.get('DEFAULT')?.versions ?? [], day);
  }

  /** As `find`, where there must be some. */
  rulesOf(state: string, at: Date): StateRules {
    const rules = this.find(state, at);
    if (!rules) throw new Error(`no rules of ${state} are in force at ${at.toISOString()}`);
    return rules;
  }
}

let shipped: StatePacks | undefined;

/** The packs in `rules/states`, read once. */
export const statePacks = (): StatePacks => {
  shipped ??= new StatePacks(rulesIn('states').map((file) => readRules(file) as StatePack));
  return shipped;
};
