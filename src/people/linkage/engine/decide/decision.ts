/** LINKED: one person. REVIEW: a human decides. NEW: nothing speaks for one person. */
export type Outcome = 'LINKED' | 'REVIEW' | 'NEW';

/** A pair of records, by number, and what becomes of it. Pairs that are NEW are not listed. */
export interface Decision {
  readonly left: number;
  readonly right: number;
  /** Evidence, without the prior. */
  readonly bits: number;
  readonly probability: number;
  readonly outcome: Exclude<Outcome, 'NEW'>;
}
