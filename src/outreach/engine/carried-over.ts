/** What keeps people safe at a door, as far as a row of the roster tells it. */
export interface Told {
  readonly kind: string;
  readonly programId: string | null;
  readonly toProgramId: string | null;
  readonly safetyNote: string | null;
  readonly isFamilyAware: boolean | null;
  readonly mayContactAgain: boolean | null;
  readonly address: string | null;
  readonly addressBasis: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

type Wish = 'isFamilyAware' | 'mayContactAgain';

/** A team’s words are its own; and what a hospital told a team is kept from rows on which the police go along. */
const isForSameEyes = (row: Told, from: Told): boolean =>
  row.programId !== null &&
  row.programId === from.programId &&
  row.toProgramId === null &&
  (from.kind !== 'AT_RISK' || row.kind === 'AT_RISK');

const isFamily = ({ kind }: Told): boolean => kind === 'FAMILY';

/** Of the rows of each team the latest that says it: a team that was told otherwise since is not overruled by its own past. */
const isRefused = (newestFirst: readonly Told[], wish: Wish): boolean => {
  const latest = new Map<string | null, boolean>();
  for (const one of newestFirst) {
    const word = { of: one.programId, says: one[wish] };
    if (word.says !== null && !latest.has(word.of)) latest.set(word.of, word.says);
  }
  return [...latest.values()].includes(false);
};

const linesOf = (note: string | null): readonly string[] => note?.split('\n') ?? [];

/** Its own note, then each line of the others once: a line that is only part of another says something else. */
const withNotes = (own: string | null, others: readonly (string | null)[]): string | null => {
  const said = new Set(linesOf(own));
  const added = [...new Set(others.flatMap(linesOf))].filter((line) => !said.has(line));
  return added.length === 0 ? own : [...linesOf(own), ...added].join('\n');
};

/** A row with what rows joined into it, and earlier ones of the same person (newest first), say: the stricter word wins. */
export const carriedOver = <Row extends Told>(row: Row, joined: readonly Row[], earlier: readonly Row[]): Row => {
  const alike = (one: Row) => isFamily(one) === isFamily(row);
  const [said, past] = [joined.filter(alike), earlier.filter(alike)];
  const refuses = (wish: Wish) => said.some((one) => one[wish] === false) || isRefused(past, wish);
  const isOurs = (one: Row) => isForSameEyes(row, one);
  const [lastNoted] = earlier.filter((one) => isOurs(one) && one.safetyNote !== null);
  const noted = [...joined.filter(isOurs), ...(lastNoted ? [lastNoted] : [])];
  const found = [...joined, ...earlier].find((one) => isOurs(one) && one.addressBasis === 'TEAM');
  const hasHome = row.addressBasis !== null && row.addressBasis !== 'INCIDENT';
  const home = found && !hasHome ? placeOf(found) : {};
  return {
    ...row,
    ...home,
    ...(refuses('isFamilyAware') && { isFamilyAware: false }),
    ...(refuses('mayContactAgain') && { mayContactAgain: false }),
    safetyNote: withNotes(
      row.safetyNote,
      noted.map(({ safetyNote }) => safetyNote),
    ),
  };
};

const hasHome = ({ address, addressBasis }: Told): boolean =>
  address !== null && addressBasis !== null && addressBasis !== 'INCIDENT';

/** Of a death nobody told where the person lived, or the family lives. */
export const lacksHome = (row: Told): boolean => isFamily(row) && !hasHome(row);

/** The family is where the same team went to see the person before. */
export const atEarlierHome = <Row extends Told>(row: Row, earlier: readonly Row[]): Row => {
  const found = lacksHome(row) ? earlier.find((one) => isForSameEyes(row, one) && hasHome(one)) : undefined;
  return found ? { ...row, ...placeOf(found) } : row;
};

/**
 * A row that parts from another one of somebody else keeps what the two were said to need while they were taken for one: which of them was
 * meant nobody can tell any more. Where they live is not said of both.
 */
export const partedFromOther = <Row extends Told>(row: Row, other: Row | undefined): Row =>
  other ? { ...carriedOver(row, [other], []), ...placeOf(row) } : row;

const placeOf = ({ address, addressBasis, latitude, longitude }: Told) => ({
  address,
  addressBasis,
  latitude,
  longitude,
});
