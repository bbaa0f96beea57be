import { Injectable } from '@nestjs/common';
import { mayRead } from '../access';
import { ClockEntity, type ClockKind } from '../clocks';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { Related } from './referrals.store';
import { referralFactsWithOwn } from './relations';

export type ClockRow = ClockEntity & Related & { readonly isBreached: boolean; readonly dueAtText: string };

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

const columns = `${selectList(ClockEntity, 'c')},
  coalesce(c.breached_at >= c.due_at, false) or c.due_at <= coalesce(c.ended_at, app.now()) as "isBreached",
  to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAtText", ${referralFactsWithOwn('c.owner_agency_id')}`;
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
const lock = sql<{ id: string }>('select id from clock where id = $1 and referral_id is not null for no key update');
// Over all kinds of the agency for its own people, over what hangs on referrals for a team that coordinates.
const breaches = sql<BreachesRow>(
  `select a.id || ':' || c.kind as id, a.id as "agencyId", c.kind, count(*)::int as started,
     count(*) filter (where c.ended_how = 'MET')::int as met, sum(c.breach_count)::int as breached,
     count(*) filter (where c.ended_at is null)::int as running,
     array_remove(array[case when a.id = app.agency() then 'OWN_AGENCY' end, case when bool_or(c.coordinator_agency_id = app.agency()) then 'COORDINATING' end], null) as relations,
     '{}'::text[] as consents
   from clock c join agency a on a.id = c.owner_agency_id
   where (c.owner_agency_id = app.agency() or c.coordinator_agency_id = app.agency()) and c.started_at > app.now() - interval '30 days'
   group by a.id, c.kind order by a.id, c.kind limit 500`,
);

@Injectable()
export class DueClocksStore {
  /** Due first; of a record that the actor may see nothing of, no row. */
  page(reader: Reader, first: number, after: Keyset | null): Promise<ClockRow[]> {
    return reader.query(page, [first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  async byIds(reader: Reader, ids: readonly string[]): Promise<ClockRow[]> {
    const rows = await reader.query(byIds, [ids]);
    return rows.filter((row) => mayRead(reader.actor, 'Clock', 'id', row));
  }

  /** Locks it first, so that what is read is what is decided on. */
  async lock(tx: Tx, id: string): Promise<ClockRow | undefined> {
    await tx.query(lock, [id]);
    return (await this.byIds(tx, [id]))[0];
  }

  breaches(reader: Reader): Promise<BreachesRow[]> {
    return reader.query(breaches);
  }
}
