export type ProblemCode =
  | 'BAD_ARGUMENT'
  | 'FILE_NOT_READABLE'
  | 'FILE_NOT_CSV'
  | 'FILE_EMPTY'
  | 'TOO_MANY_ROWS'
  | 'UNKNOWN_COLUMN'
  | 'UNKNOWN_FIELD';

/** What is wrong with the question, and what to do about it. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
  ) {
    super(message);
  }
}
