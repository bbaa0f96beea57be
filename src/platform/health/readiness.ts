/** One thing the process needs before it may be sent work. `check` answers, or throws, within two seconds. */
export interface ReadinessCheck {
  /** Shown to whoever asks: `database`, `migrations`, `worker`. */
  readonly name: string;
  check(): Promise<boolean>;
}

/** Injection token of the list: `{ provide: READINESS_CHECKS, useFactory: (…) => [ … ] }` in a global module. */
export const READINESS_CHECKS = Symbol('READINESS_CHECKS');
