/** A group of reports that are of one overdose, and the event each is part of until now; null: none yet. */
export type Group = readonly { readonly id: string; readonly eventId: string | null }[];

export interface Placement {
  /** For each group the event on file that goes on with it; null: it is a new one. */
  readonly eventOf: readonly (string | null)[];
  /** Events that no group goes on with, and the position of the group that most of their reports went to. */
  readonly ended: ReadonlyMap<string, number | null>;
}

const countBy = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

const eventsOf = (group: Group): string[] => group.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));

/**
 * Carries groups of reports over to the events on file, so that an event keeps its id as long as most of it stays together. `known`
 * are all events that the reports were part of.
 */
export const placeOnEvents = (groups: readonly Group[], known: readonly string[]): Placement => {
  const claims = groups.flatMap((group, at) =>
    [...countBy(eventsOf(group))].map(([eventId, reports]) => ({ at, eventId, reports })),
  );
  claims.sort(
    (a, b) => b.reports - a.reports || Number(a.eventId > b.eventId) - Number(a.eventId < b.eventId) || a.at - b.at,
  );
  const eventOf = groups.map((): string | null => null);
  const taken = new Set<string>();
  for (const { at, eventId } of claims) {
    if (eventOf[at] !== null || taken.has(eventId)) continue;
    eventOf[at] = eventId;
    taken.add(eventId);
  }
  // Claims are in order: the first of an event is of the group that most of its reports went to.
  const ended = known
    .filter((eventId) => !taken.has(eventId))
    .map((eventId) => [eventId, claims.find((claim) => claim.eventId === eventId)?.at ?? null] as const);
  return { eventOf, ended: new Map(ended) };
};
