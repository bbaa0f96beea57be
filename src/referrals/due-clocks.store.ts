import { Injectable } from '@nestjs/common';
import { mayRead, type Facts } from '../access';
import { ClockEntity, kindsOfNeed, type ClockKind } from '../clocks';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { Related } from './referrals.store';
import { referralFactsWithOwn } from './relations';

export type ClockRow = ClockEntity &
  Related & {
    readonly isBreached: boolean;
    readonly dueAtText: string;
    /** Who told the need that the kind tells; null: the kind tells nothing of it. */
    readonly needFromAgencyId: string | null;
  };

const tellsNeed = `c.kind in ('${kindsOfNeed.join("','")}')`;
const facts = referralFactsWithOwn('c.owner_agency_id', tellsNeed);

export interface BreachesRow {
  readonly id: string;
  readonly agencyId: string;
  readonly kind: ClockKind;
  readonly started: number;
  readonly met: number;
  readonly breached: number;
  readonly running: number;
  readonly relations: Related['relations'];
  readonly consents: Related['consents'];
}

type CountedClocks = Omit<BreachesRow, 'id'> & Facts;
const MOST_COUNTS = 500;

const columns = `${selectList(ClockEntity, 'c')},
  coalesce(c.breached_at >= c.due_at, false) or c.due_at <= coalesce(c.ended_at, app.now()) as "isBreached",
  to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAtText",
  case when ${tellsNeed} then r.sender_agency_id end as "needFromAgencyId", ${facts}`;
// Each half starts from its own index; a program that coordinates nobody costs nothing by the other.
const half = (column: string): string =>
  `(select c.id, c.due_at from clock c where c.${column} = app.agency() and c.ended_at is null and c.referral_id is not null
     and ($2::timestamptz is null or (c.due_at, c.id) > ($2, $3::uuid)) order by c.due_at, c.id limit $1)`;
const page = sql<ClockRow>(
  `with mine as materialized (${half('owner_agency_id')} union ${half('coordinator_agency_id')} order by 2, 1 limit $1)
   select ${columns} from mine m join clock c on c.id = m.id left join referral r on r.id = c.referral_id order by c.due_at, c.id`,
);
const byIds = sql<ClockRow>(
  `select ${columns} from clock c left join referral r on r.id = c.referral_id where c.id = any($1::uuid[]) and c.referral_id is not null`,
);
// As the steps that end a clock: first the referral, then what runs on it.
const lockReferral = sql(
  'select 1 from referral where id = (select referral_id from clock where id = $1) for no key update',
);
const lock = sql<{ id: string }>('select id from clock where id = $1 and referral_id is not null for no key update');
const figures = `count(*)::int as started, count(*) filter (where ended_how = 'MET')::int as met, sum(breach_count)::int as breached,
     count(*) filter (where ended_at is null)::int as running`;
// Long ones started long before: what counts is that they ran then.
const lately = "(c.ended_at is null or c.ended_at > app.now() - interval '30 days')";
// Over all kinds of the agency for its own people, over what hangs on referrals for a team that coordinates: those by what the table
// decides from, so that clocks are counted of which it shows any.
const breaches = sql<CountedClocks>(
  `with led as materialized (
     select c.owner_agency_id, c.kind, c.ended_how, c.ended_at, c.breach_count, ${facts}
     from clock c left join referral r on r.id = c.referral_id
     where c.coordinator_agency_id = app.agency() and ${lately})
   select app.agency() as "agencyId", c.kind, ${figures}, '{OWN_AGENCY}'::text[] as relations, '{}'::text[] as consents, '{}'::text[] as part2,
     false as "isEnded" from clock c
   where c.owner_agency_id = app.agency() and c.coordinator_agency_id is distinct from app.agency() and ${lately} group by c.kind
   union all select owner_agency_id, kind, ${figures}, relations, consents, part2, "isEnded" from led
   group by owner_agency_id, kind, relations, consents, part2, "isEnded" order by 1, 2`,
);

/** One line for each agency and kind. */
const counted = (rows: readonly CountedClocks[]): BreachesRow[] => {
  const sums = new Map<string, BreachesRow>();
  for (const { agencyId, kind, relations, ...more } of rows) {
    const id = `${agencyId}:${kind}`;
    const sum = sums.get(id);
    const plus = (figure: 'started' | 'met' | 'breached' | 'running'): number => (sum?.[figure] ?? 0) + more[figure];
    sums.set(id, {
      ...{ id, agencyId, kind, relations: [...new Set([...(sum?.relations ?? []), ...relations])], consents: [] },
      ...{ started: plus('started'), met: plus('met'), breached: plus('breached'), running: plus('running') },
    });
  }
  return [...sums.values()].slice(0, MOST_COUNTS);
};

@Injectable()
export class DueClocksStore {
  /** Due first; those of which the actor may see nothing included. */
  page(reader: Reader, limit: number, after: Keyset | null): Promise<ClockRow[]> {
    return reader.query(page, [limit, after?.createdAt ?? null, after?.id ?? null]);
  }

  async byIds(reader: Reader, ids: readonly string[]): Promise<ClockRow[]> {
    const rows = await reader.query(byIds, [ids]);
    return rows.filter((row) => mayRead(reader.actor, 'Clock', 'id', row));
  }

  /** Locks it first, so that what is read is what is decided on. */
  async lock(tx: Tx, id: string): Promise<ClockRow | undefined> {
    await tx.query(lockReferral, [id]);
    await tx.query(lock, [id]);
    return (await this.byIds(tx, [id]))[0];
  }

  async breaches(reader: Reader): Promise<BreachesRow[]> {
    const rows = await reader.query(breaches);
    const { actor } = reader;
    // What is withheld is no count either, and a line of which nothing shows is none.
    const isShown = (row: CountedClocks): boolean =>
      mayRead(actor, 'ClockBreaches', 'kind', row) &&
      ['id', 'kind'].every((field) => mayRead(actor, 'Clock', field, row));
    return counted(rows.filter(isShown));
  }
}
