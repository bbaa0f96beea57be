import { readRules } from '../platform/config';
import { custodyStates, type CustodyState } from './custody.machine';
import type { Tolerance } from './engine/differences';
import type { StateTerms } from './engine/due';
import type { ShiftHours } from './engine/shift';

interface RuleFile {
  readonly stateMinutes: StateTerms;
  readonly alertMinutes: number;
  readonly weightTolerance: Tolerance;
  readonly shiftHours: ShiftHours;
}

const isMinutes = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

const problemsOf = ({ stateMinutes, alertMinutes, weightTolerance, shiftHours }: RuleFile): string[] => {
  const states = Object.keys(custodyStates) as CustodyState[];
  const lasting: readonly CustodyState[] = ['HELD', 'DESTROYED'];
  const { day, evening, night } = shiftHours;
  return [
    ...states
      .filter((state) => stateMinutes[state] !== null && !isMinutes(stateMinutes[state]))
      .map((state) => `stateMinutes.${state} is no number of minutes`),
    ...lasting.filter((state) => stateMinutes[state] !== null).map((state) => `${state} may last`),
    ...(isMinutes(alertMinutes) ? [] : ['alertMinutes is no number of minutes']),
    ...(weightTolerance.grams >= 0 && weightTolerance.percent >= 0 ? [] : ['weightTolerance is negative']),
    ...(day < evening && evening < night && night <= 24 && day >= 0 ? [] : ['shiftHours are out of order']),
  ];
};

/** Times and tolerances of the property room, from `rules/custody.json`. */
export class CustodyRules implements RuleFile {
  readonly stateMinutes: StateTerms;
  readonly alertMinutes: number;
  readonly weightTolerance: Tolerance;
  readonly shiftHours: ShiftHours;

  /** Throws for what is missing or out of its range. */
  constructor(content: RuleFile) {
    const problems = problemsOf(content);
    if (problems.length > 0) throw new Error(`rules/custody.json: ${problems.join('; ')}`);
    this.stateMinutes = content.stateMinutes;
    this.alertMinutes = content.alertMinutes;
    this.weightTolerance = content.weightTolerance;
    this.shiftHours = content.shiftHours;
  }
}

export const custodyRules = (): CustodyRules => new CustodyRules(readRules('custody.json') as RuleFile);
