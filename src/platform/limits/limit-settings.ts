export interface LimitSettings {
  /**
   * How much of every budget holds, in percent. Counts are kept by each process: with n of them behind one address an actor
   * has up to n times the budget, and 100 / n restores it.
   */
  readonly percent: number;
}

export const LIMIT_SETTINGS = Symbol('LIMIT_SETTINGS');
