/** Overdoses of one person and week, and whom their reports name: more than one where two names may be a slip of each other. */
export interface NamedEvent {
  readonly id: string;
  readonly kind: string;
  readonly week: string;
  readonly persons: readonly string[];
}

const least = (names: readonly string[]): string | undefined => [...names].sort()[0];

/**
 * For each overdose the persons whose row it belongs on, first the one whom the row is known by: whoever is named by one overdose
 * together is one person in all of that week, or two would visit one. Of nobody: none.
 */
export const personsOfRows = (events: readonly NamedEvent[]): ReadonlyMap<string, readonly string[]> => {
  const groupOf = new Map<string, Set<string>>();
  const nameIn = ({ kind, week }: NamedEvent, person: string): string => `${kind}|${week}|${person}`;
  for (const event of events) {
    const all = new Set(event.persons.flatMap((person) => [...(groupOf.get(nameIn(event, person)) ?? [person])]));
    for (const person of all) groupOf.set(nameIn(event, person), all);
  }
  return new Map(
    events.map((event) => {
      const first = least(event.persons);
      return [event.id, first === undefined ? [] : [...(groupOf.get(nameIn(event, first)) as Set<string>)].sort()];
    }),
  );
};
