/** A total and the parts that make it up. Every sum that a reader can take from published figures is one of these. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** Counts below this are not published (domain §6); zero is. */
export const SMALL_CELL = 11;
