export interface SettingProblem {
  readonly variable: string;
  /** What is wrong; never the value of a secret. */
  readonly message: string;
  /** What to set instead, in one sentence. */
  readonly remedy: string;
}

/** Every problem at once: an operator should not have to restart once for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ variable, message, remedy }) => `  ${variable}: ${message} ${remedy}`);
    super(`Handrail cannot start with these settings:\n${lines.join('\n')}`);
  }
}
