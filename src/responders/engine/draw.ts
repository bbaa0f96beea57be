export interface DrawableLot {
  readonly id: string;
  readonly onHand: number;
  /** ISO date: good through that day. */
  readonly expiresOn: string;
}

export interface Drawn {
  readonly lotId: string;
  readonly doses: number;
}

export const isGood = ({ expiresOn }: Pick<DrawableLot, 'expiresOn'>, today: string): boolean => expiresOn >= today;

const byExpiry = (one: DrawableLot, other: DrawableLot): number =>
  one.expiresOn.localeCompare(other.expiresOn) || one.id.localeCompare(other.id);

/** So many doses, of what expires first and is still good; null where there are not as many. */
export const draw = (lots: readonly DrawableLot[], doses: number, today: string): readonly Drawn[] | null => {
  const drawn: Drawn[] = [];
  let left = doses;
  for (const lot of lots.filter((one) => isGood(one, today)).sort(byExpiry)) {
    const taken = Math.min(left, lot.onHand);
    if (taken > 0) drawn.push({ lotId: lot.id, doses: taken });
    left -= taken;
  }
  return left > 0 ? null : drawn;
};
