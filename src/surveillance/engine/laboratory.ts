/** What a warning may say of a result: what it held, in one order whatever the order of the findings, and in which week. */
export interface CoarseResult<Content> {
  readonly contents: readonly Content[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const WEEK_MS = 7 * 86_400_000;
/** 5 January 1970 was a Monday. */
const MONDAY_MS = 4 * 86_400_000;

/** Monday, midnight UTC, of the week. */
export const weekOf = (moment: Date): Date =>
  new Date(Math.floor((moment.getTime() - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS);

/**
 * A result as coarse as it is told to anybody outside the property room; null: it tells nothing. Two results of one week with the
 * same contents are the same, so that no number of warnings counts results.
 */
export const coarseResult = <Finding extends string, Content extends string>(
  findings: readonly Finding[],
  told: Readonly<Partial<Record<Finding, Content>>>,
  { asOf, weeks }: { readonly asOf: Date; readonly weeks: number },
): CoarseResult<Content> | null => {
  const contents = [...new Set(findings.flatMap((finding) => told[finding] ?? []))].sort();
  if (contents.length === 0) return null;
  const issuedAt = weekOf(asOf);
  return { contents, issuedAt, expiresAt: new Date(issuedAt.getTime() + weeks * WEEK_MS) };
};
