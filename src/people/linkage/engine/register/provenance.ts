/** Where a record of a person comes from. */
export interface Provenance {
  readonly id: string;
  readonly isPart2: boolean;
  readonly sourceAgencyId: string | null;
}

/** A Part 2 record, and the agency with whose record it may be told to be one person only if the person agreed. */
export interface ConsentNeeded {
  readonly personId: string;
  readonly agencyId: string | null;
}

/**
 * What a person must have agreed to before two records are taken for one: that a program under 42 CFR part 2 knows somebody is itself
 * protected, so its record is tied to another agency’s only as far as it might be told to that agency. None: no wall between the two.
 */
export const consentsNeeded = (one: Provenance, other: Provenance): ConsentNeeded[] => {
  if (one.sourceAgencyId !== null && one.sourceAgencyId === other.sourceAgencyId) return [];
  const needed = ({ id, isPart2 }: Provenance, { sourceAgencyId }: Provenance): ConsentNeeded[] =>
    isPart2 ? [{ personId: id, agencyId: sourceAgencyId }] : [];
  return [...needed(one, other), ...needed(other, one)];
};

const nameOf = ({ personId, agencyId }: ConsentNeeded): string => `${personId}:${agencyId ?? ''}`;

/** Whether nothing stands between two records, given what was agreed to. */
export const mayBeTied = (one: Provenance, other: Provenance, agreed: readonly ConsentNeeded[]): boolean => {
  const known = new Set(agreed.map(nameOf));
  return consentsNeeded(one, other).every((needed) => known.has(nameOf(needed)));
};
