import type { Found, KnownRecord, RegisterSearch } from './register-search';

/** A record of the register with all records that are the same person. */
export interface Candidate extends KnownRecord {
  readonly cluster: string;
}

/** What becomes of a new person: the pairs that are written down. None: they are new. */
export interface Placement {
  readonly linked: readonly Found[];
  readonly review: readonly Found[];
}

/** Records of one person beyond which nobody joins without a human. */
const LARGEST_CLUSTER = 40;
/** So many doubtful pairs of one person are shown; who resembles more people than that is described by too little. */
const MOST_REVIEWS = 5;

const firstOfEach = (found: readonly Found[], clusterOf: (id: string) => string): Found[] => {
  const seen = new Set<string>();
  return found.filter(({ id }) => {
    const isFirst = !seen.has(clusterOf(id));
    seen.add(clusterOf(id));
    return isFirst;
  });
};

/**
 * Ties a new person to those on file who are the same: one pair for each person found, the most probable record of theirs. Whoever is
 * tied is held against every record behind the other, and against everybody tied before: one conflict, and a human decides.
 * `members` are the candidates with all records of their clusters.
 */
export const placePerson = (
  search: RegisterSearch,
  candidates: readonly Candidate[],
  members: readonly Candidate[],
): Placement => {
  const clusters = new Map(members.map(({ id, cluster }) => [id, cluster]));
  const recordsOf = (cluster: string): Candidate[] => members.filter((member) => member.cluster === cluster);
  const clusterOf = (id: string): string => clusters.get(id) ?? id;
  const found = firstOfEach(search.find(candidates), clusterOf);
  const joined: Candidate[] = [];
  const linked: Found[] = [];
  const review: Found[] = [];
  for (const one of found) {
    const records = recordsOf(clusterOf(one.id));
    const mayJoin =
      joined.length + records.length < LARGEST_CLUSTER &&
      records.every((record) => search.mayBe(record)) &&
      records.every((record) => joined.every((other) => search.areAlike(record, other)));
    if (one.outcome === 'LINKED' && mayJoin) {
      joined.push(...records);
      linked.push(one);
    } else review.push({ ...one, outcome: 'REVIEW' });
  }
  return { linked, review: review.slice(0, MOST_REVIEWS) };
};
