import { caregiverChecks, type CaregiverCheck, type CheckResult } from './vocabulary';

export interface CheckDone {
  readonly checkKind: CaregiverCheck | null;
  readonly result: CheckResult | null;
}

const REQUIRED = Object.keys(caregiverChecks) as CaregiverCheck[];

/** Checks that were not made, or whose last result is no pass: somebody with one of these does not take a child in. `done`: in order. */
export const missingChecks = (done: readonly CheckDone[]): CaregiverCheck[] =>
  REQUIRED.filter((kind) => done.filter(({ checkKind }) => checkKind === kind).at(-1)?.result !== 'PASSED');
