/** Those in most danger first; of equals in the order given. */
export const mostEndangeredFirst = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  pointsOf: (id: string) => number,
): Row[] => [...rows].sort((a, b) => pointsOf(b.id) - pointsOf(a.id));
