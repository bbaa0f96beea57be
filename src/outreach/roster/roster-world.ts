import type { OverdoseEventEntity, ReportedPlaces, ReportOfEvent } from '../../overdoses';
import type { PersonRow } from '../../people';
import type { CaseKind } from '../engine/vocabulary';
import { personsOfRows, type NamedEvent } from '../engine/one-person';
import type { PlacedEvent } from '../engine/place-on-rows';
import type { CaseRow } from './outreach-case.entity';
import type { EventCopy, RowKey } from './roster.store';
import { weekOf } from './week-of';

/** An overdose with whom it is of, and where it belongs. */
export interface RosterEvent extends PlacedEvent, NamedEvent {
  readonly event: OverdoseEventEntity;
  readonly reports: readonly ReportOfEvent[];
  readonly kind: CaseKind;
  readonly personKey: string | null;
  /** Who else it may be but for a slip of the pen. */
  readonly otherPersonKeys: readonly string[];
  readonly personId: string | null;
}

const keyOf = (kind: CaseKind, week: string, who: string): string => `${kind}|${week}|${who}`;
export const kindOfKey = (key: string): string => key.slice(0, key.indexOf('|'));

/** An overdose of nobody in particular has a row of its own. */
export const rosterEvent = (
  event: OverdoseEventEntity,
  reports: readonly ReportOfEvent[],
  rowId: string | null,
): RosterEvent => {
  const kind = event.isFatal ? 'FAMILY' : 'SURVIVOR';
  const week = weekOf(event.occurredAt, event.countyFips);
  const persons = [...new Set(reports.flatMap(({ clusterId }) => clusterId ?? []))].sort();
  return ofPersons({ ...{ id: event.id, rowId, event, reports, kind, week, persons }, ...unknownYet }, persons);
};

const unknownYet = { key: '', personKey: null, otherPersonKeys: [], personId: null } as const;

const ofPersons = (one: RosterEvent, persons: readonly string[]): RosterEvent => {
  const [personKey, otherPersonKeys] = [persons[0] ?? null, persons.slice(1)];
  const named = one.reports.find(({ clusterId }) => clusterId === personKey);
  const key = keyOf(one.kind, one.week, personKey ?? one.id);
  return { ...one, key, personKey, otherPersonKeys, personId: named?.personId ?? null };
};

/** The same with the person that all overdoses of the week are of together. */
export const unified = (events: readonly RosterEvent[]): RosterEvent[] => {
  const personsOf = personsOfRows(events);
  return events.map((one) => ofPersons(one, personsOf.get(one.id) ?? []));
};

/**
 * Whose a row is: of whoever the first overdose on it is of, that is still one of this week; else the key it has on file. `onces` are all
 * overdoses that ever stood on it, the first first; of nobody in particular its own is the last.
 */
export const rowKeyOf = (row: CaseRow, onces: readonly string[], events: ReadonlyMap<string, RosterEvent>): string => {
  const inWeek = keyOf(row.kind, row.week, '');
  const first = onces.map((id) => events.get(id)?.key).find((key) => key?.startsWith(inWeek));
  return first ?? keyOf(row.kind, row.week, row.personKey ?? onces.at(-1) ?? row.id);
};

export const lookUpOf = ({ kind, week, persons }: RosterEvent): RowKey[] =>
  persons.map((personKey) => ({ kind, week, personKey }));

export const copyOf = ({ event }: RosterEvent): EventCopy => ({
  eventId: event.id,
  occurredAt: event.occurredAt,
  isTimeKnown: event.isTimeKnown,
  countyFips: event.countyFips,
  isFatal: event.isFatal,
  isNaloxoneGiven: event.isNaloxoneGiven,
  doses: event.doses,
  suspectedSubstances: event.suspectedSubstances,
  hasChildrenPresent: event.hasChildrenPresent,
  isTransported: event.isTransported,
  hasRefusedTransport: event.hasRefusedTransport,
});

export type WhoAndWhere = Pick<
  CaseRow,
  | 'personId'
  | 'personKey'
  | 'otherPersonKeys'
  | 'kind'
  | 'week'
  | 'countyFips'
  | 'residenceCountyFips'
  | 'name'
  | 'phone'
  | 'language'
  | 'address'
  | 'addressBasis'
  | 'latitude'
  | 'longitude'
  | 'sourceAgencyId'
>;

export const nameOf = ({ givenName, familyName }: PersonRow): string | null =>
  [givenName, familyName].filter((name) => name !== null).join(' ') || null;

type Told = ReportedPlaces & { readonly event: OverdoseEventEntity };
type Where = Pick<WhoAndWhere, 'address' | 'addressBasis' | 'latitude' | 'longitude'> & {
  readonly from: string | null;
};

const atHome = ({ residence, place, event, agencyId }: Told): Where => {
  // The point is of the place where it happened: of the home only where that is the same.
  const { latitude, longitude } = place === residence ? event : { latitude: null, longitude: null };
  return { address: residence, addressBasis: 'RESIDENCE', latitude, longitude, from: agencyId };
};

const atScene = (scene: Told | undefined, located: OverdoseEventEntity | undefined): Where => {
  const { place: address, agencyId: from } = scene ?? { place: null, agencyId: null };
  const { latitude, longitude } = located ?? { latitude: null, longitude: null };
  return { address, addressBasis: scene || located ? 'INCIDENT' : null, latitude, longitude, from };
};

/** Where to go: the home, as far as told; else the place where it happened. */
const placeOf = (newest: readonly RosterEvent[], places: ReadonlyMap<string, ReportedPlaces>): Where => {
  const told = newest.flatMap(({ event, reports }) =>
    [...reports].reverse().flatMap(({ reportId }): Told[] => {
      const place = places.get(reportId);
      return place ? [{ ...place, event }] : [];
    }),
  );
  const home = told.find(({ residence }) => residence !== null);
  if (home) return atHome(home);
  const located = newest.find(({ event }) => event.latitude !== null);
  return atScene(
    told.find(({ place }) => place !== null),
    located?.event,
  );
};

const whoOf = (named: RosterEvent | undefined, person: PersonRow | undefined) => ({
  personId: named?.personId ?? null,
  name: person ? nameOf(person) : null,
  phone: person?.phone ?? null,
  language: person?.language ?? 'en',
});

/** Whom a row is about and where they are, as its overdoses tell it together; the latest first. */
export const whoAndWhere = (
  group: readonly [RosterEvent, ...RosterEvent[]],
  people: ReadonlyMap<string, PersonRow>,
  places: ReadonlyMap<string, ReportedPlaces>,
): WhoAndWhere => {
  const newest = [...group].sort((a, b) => b.event.occurredAt.getTime() - a.event.occurredAt.getTime());
  const latest = newest[0] ?? group[0];
  const named = newest.find(({ personId }) => personId !== null);
  const person = people.get(named?.personId ?? '');
  const { from, ...place } = placeOf(newest, places);
  const { kind, week, event, reports, otherPersonKeys } = latest;
  const homes = newest.flatMap((one) => one.event.residenceCountyFips ?? []);
  return {
    ...place,
    ...whoOf(named, person),
    personKey: latest.personKey,
    otherPersonKeys: [...otherPersonKeys],
    kind,
    week,
    countyFips: event.countyFips,
    residenceCountyFips: homes[0] ?? null,
    sourceAgencyId: person?.sourceAgencyId ?? from ?? reports[0]?.agencyId ?? null,
  };
};
