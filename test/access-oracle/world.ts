/** One case to decide, in the page’s words: who asks, why, for what, and what is true of the record. */
export interface World {
  readonly role: string;
  /** Null: a person. A list: a partner system. */
  readonly scopes: readonly string[] | null;
  /** As the request names it; null: it names none. */
  readonly purpose: string | null;
  readonly relations: readonly string[];
  readonly consents: readonly string[];
  /** The classes of the record that come from a Part 2 program of another agency. */
  readonly part2: readonly string[];
  readonly isEnded: boolean;
  readonly type: string;
  readonly field: string;
  readonly command: string;
}

/** What is said of a field: the number of the row that opens it, or the reason why none does. */
export type Word = number | string;
