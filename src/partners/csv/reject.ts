/** What is wrong with a line before anybody looks at what it says. */
export const unreadableReasons = {
  MALFORMED_LINE: 'The line is not readable as CSV with the columns of the header.',
  UNREADABLE_TEXT: 'The line holds bytes that are not UTF-8, or control characters.',
} as const;
export type UnreadableReason = keyof typeof unreadableReasons;

/** A line that was left out. */
export class Reject<Reason extends string = string> {
  constructor(
    /** Line of the file on which the record begins; the header is line 1. */
    readonly line: number,
    readonly reason: Reason,
    readonly message: string,
  ) {}
}
