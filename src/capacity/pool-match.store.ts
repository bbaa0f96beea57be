import { Injectable } from '@nestjs/common';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';

/** Column of the match row → where it comes from: `b` the pool, `p` its program. */
const facts = {
  program_id: 'p.id',
  agency_id: 'p.agency_id',
  level_of_care: 'b.level_of_care',
  // 0.25° cells, 1440 to a row, the poles clamped and longitude wrapped: the matching engine counts them the same way.
  cell: `(least(719, greatest(0, floor((p.latitude + 90) * 4)))::integer * 1440
    + ((floor((p.longitude + 180) * 4)::integer % 1440) + 1440) % 1440)`,
  latitude: 'p.latitude',
  longitude: 'p.longitude',
  min_age: 'b.min_age',
  max_age: 'b.max_age',
  sexes: 'b.sexes',
  admits_pregnant: 'p.admits_pregnant',
  acceptance_mode: 'p.acceptance_mode',
  services: 'p.services',
  medications_offered: 'p.medications_offered',
  medications_accepted: 'p.medications_accepted',
  payers: 'p.payers',
  languages: 'p.languages',
  substances: 'p.substances',
  serves_only: 'p.serves_only',
  accepted_pathways: 'p.accepted_pathways',
  intake_windows: 'p.intake_windows',
  time_zone: 'p.time_zone',
  freshness_minutes: 'p.freshness_minutes',
} as const;

const columns = Object.keys(facts);
const listed = (prefix: string): string => columns.map((column) => `${prefix}.${column}`).join(', ');

// least() and greatest() pass over nulls, so the cell of an unknown place has to be said to be unknown.
const sources = Object.entries(facts).map(([column, source]) =>
  column === 'cell' ? `case when p.latitude is not null then ${source} end` : source,
);

const refreshPrograms = sql(
  `with gone as (
     delete from pool_match m using bed_pool b, program p
     where m.program_id = any($1::uuid[]) and b.id = m.pool_id and p.id = b.program_id and not (b.is_active and p.is_active))
   insert into pool_match (pool_id, ${columns.join(', ')})
   select b.id, ${sources.join(', ')} from bed_pool b join program p on p.id = b.program_id
   where b.program_id = any($1::uuid[]) and b.is_active and p.is_active
   on conflict (pool_id) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
   where (${listed('pool_match')}) is distinct from (${listed('excluded')})`,
);

/** One denormalised row per open pool, kept in the transaction that changes pool or program. */
@Injectable()
export class PoolMatchStore {
  /** The caller holds the programs’ rows locked: two changes at once would each copy the other’s old facts. */
  async refresh(tx: Tx, programIds: readonly string[]): Promise<void> {
    await tx.query(refreshPrograms, [programIds]);
  }
}
