import type { PersonRow } from '../../people';
import type { CaseRow } from './outreach-case.entity';
import type { RosterEvent } from './roster-world';
import type { StandingEvent } from './roster.store';

interface Placed {
  readonly events: ReadonlyMap<string, RosterEvent>;
  readonly rows: ReadonlyMap<string, CaseRow>;
  readonly standing: readonly StandingEvent[];
}

/** What stood on a row, and is known to be of somebody else. */
export interface Parted {
  readonly since: Date;
  /** Rows that had been joined into it and go on by themselves. */
  readonly rows: readonly CaseRow[];
  readonly phones: readonly (string | null)[];
}

interface Leaving {
  readonly caseId: string;
  readonly since: Date;
  readonly event: RosterEvent;
  readonly to: CaseRow | undefined;
}

const isOfWeek = (event: RosterEvent, row: CaseRow | undefined): boolean =>
  event.week === row?.week && event.kind === row.kind;

/** Overdoses that leave a row of their own week, because they are of somebody else. */
const leavingOf = ({ events, rows, standing }: Placed, idOf: ReadonlyMap<string, string>): Leaving[] =>
  standing.flatMap(({ caseId, eventId, fromAt }) => {
    const event = events.get(eventId);
    if (!event || !isOfWeek(event, rows.get(caseId))) return [];
    const goesTo = idOf.get(event.key) ?? '';
    return goesTo === caseId ? [] : [{ caseId, since: fromAt, event, to: rows.get(goesTo) }];
  });

/** Rows that go on, and from which others' overdoses of the same week part: since when those stood there, and what came along with them. */
export const partedFrom = (
  placed: Placed,
  idOf: ReadonlyMap<string, string>,
  people: ReadonlyMap<string, PersonRow>,
): ReadonlyMap<string, Parted> => {
  const leaving = leavingOf(placed, idOf);
  const partedAt = (id: string): Parted | null => {
    const own = leaving.filter(({ caseId }) => caseId === id);
    if (own.length === 0) return null;
    const since = new Date(Math.min(...own.map((one) => one.since.getTime())));
    const phones = own.map(({ event }) => people.get(event.personId ?? '')?.phone ?? null);
    return { since, rows: own.flatMap(({ to }) => to ?? []), phones };
  };
  const rows = [...new Set(idOf.values())].map((id) => [id, partedAt(id)] as const);
  return new Map(rows.flatMap(([id, parted]) => (parted === null ? [] : [[id, parted] as const])));
};

/** Without the number and the home that came to it with somebody else. */
export const withoutOthers = (row: CaseRow, parted: Parted | null): CaseRow => {
  if (!parted) return row;
  const isTheirs = (name: 'phone' | 'address') => parted.rows.some((other) => other[name] === row[name]);
  const phone = isTheirs('phone') || parted.phones.includes(row.phone) ? null : row.phone;
  return { ...row, phone, ...(isTheirs('address') && { addressBasis: null }) };
};
