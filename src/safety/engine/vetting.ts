import { caregiverChecks, type CaregiverCheck, type CheckResult } from './vocabulary';

export interface CheckDone {
  /** The step that it was: a check, or what was decided. */
  readonly command: string;
  readonly checkKind: CaregiverCheck | null;
  readonly result: CheckResult | null;
}

const REQUIRED = Object.keys(caregiverChecks) as CaregiverCheck[];

/**
 * Checks that were not made, or whose last result is no pass: somebody with one of these does not take a child in. `done`: in order. What was
 * looked at before the last placement ended counts no more: nobody knows why it ended.
 */
export const missingChecks = (done: readonly CheckDone[]): CaregiverCheck[] => {
  const anew = done.slice(done.findLastIndex(({ command }) => command === 'endPlacement') + 1);
  return REQUIRED.filter((kind) => anew.filter(({ checkKind }) => checkKind === kind).at(-1)?.result !== 'PASSED');
};
