export type ProblemCode =
  | 'AMBIGUOUS_COLUMN'
  | 'BAD_ARGUMENT'
  | 'FILE_NOT_READABLE'
  | 'FILE_NOT_CSV'
  | 'FILE_EMPTY'
  | 'TOO_MANY_ROWS'
  | 'TRUTH_EMPTY'
  | 'UNKNOWN_COLUMN'
  | 'UNKNOWN_FIELD';

/** What is wrong with the question: the option it stands in, and what to send instead. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly option: '--file' | '--generated' | '--lookup' | '--register' | '--map' | '--truth' | 'the command line',
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }

  /** As it is told on standard error. */
  get words(): string {
    return `${this.code}: ${this.option}: ${this.message} ${this.remedy}`;
  }
}
