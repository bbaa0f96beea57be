import { Injectable } from '@nestjs/common';
import type { LevelOfCare, Sex } from '../kernel/vocabulary';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { PoolMatchStore } from './pool-match.store';
import type { ProgramFacts } from './programs.store';

/** A pool as a published directory lists it: no counts, since no public feed of open places exists. */
export interface ListedPool {
  readonly name: string;
  readonly levelOfCare: LevelOfCare;
  readonly sexes: readonly Sex[];
  readonly minAge: number | null;
  readonly maxAge: number | null;
}

/** A program as a published directory lists it. The same `sourceKey` is the same program on the next import. */
export interface ListedProgram extends Omit<ProgramFacts, 'intakeWindows' | 'isActive'> {
  readonly sourceKey: string;
  readonly agencyId: string;
  readonly pools: readonly ListedPool[];
}

export interface DirectoryChanges {
  /** Ids of programs that are new or were changed. */
  readonly programIds: readonly string[];
  /** Pools that are new, were changed, closed or opened again. */
  readonly pools: number;
}

const types: Readonly<Record<string, string>> = {
  source_key: 'text',
  agency_id: 'uuid',
  name: 'text',
  street: 'text',
  city: 'text',
  state: 'text',
  postal_code: 'text',
  phone: 'text',
  county_fips: 'text',
  latitude: 'double precision',
  longitude: 'double precision',
  time_zone: 'text',
  acceptance_mode: 'text',
  freshness_minutes: 'integer',
  part2_program: 'boolean',
  services: 'text[]',
  medications_offered: 'text[]',
  medications_accepted: 'text[]',
  payers: 'text[]',
  languages: 'text[]',
  substances: 'text[]',
  serves_only: 'text',
  accepted_pathways: 'text[]',
  admits_pregnant: 'boolean',
};
const camelCase = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const listed = Object.keys(types);
const shape = listed.map((column) => `"${camelCase(column)}" ${types[column] ?? 'text'}`).join(', ');
const wanted = listed.map((column) => `w."${camelCase(column)}"`).join(', ');
const facts = listed.filter((column) => column !== 'source_key' && column !== 'agency_id');
const each = (prefix: string): string => facts.map((column) => `${prefix}.${column}`).join(', ');

// `updated_at` moves when the provider's own people change something: from then on the directory has no say.
const isUntouched = 'program.updated_at = program.created_at';

const upsertPrograms = sql<{ id: string }>(
  `insert into program (${listed.join(', ')}, created_at, updated_at)
   select ${wanted}, $2, $2 from jsonb_to_recordset($1) as w(${shape}) order by w."sourceKey"
   on conflict (source_key) do update set ${facts.map((column) => `${column} = excluded.${column}`).join(', ')}
   where ${isUntouched} and (${each('program')}) is distinct from (${each('excluded')})
   returning id`,
);
const poolShape = `"sourceKey" text, name text, "levelOfCare" text, sexes text[], "minAge" integer, "maxAge" integer`;
const upsertPools = sql<{ programId: string }>(
  `insert into bed_pool (program_id, agency_id, name, level_of_care, sexes, min_age, max_age)
   select program.id, program.agency_id, w.name, w."levelOfCare", w.sexes, w."minAge", w."maxAge"
   from jsonb_to_recordset($1) as w(${poolShape}) join program on program.source_key = w."sourceKey" and ${isUntouched}
   order by program.id, w.name
   on conflict (program_id, name) do update set level_of_care = excluded.level_of_care, sexes = excluded.sexes,
     min_age = excluded.min_age, max_age = excluded.max_age, is_active = true
   where (bed_pool.level_of_care, bed_pool.sexes, bed_pool.min_age, bed_pool.max_age, bed_pool.is_active)
     is distinct from (excluded.level_of_care, excluded.sexes, excluded.min_age, excluded.max_age, true)
   returning program_id as "programId"`,
);
// A level that the directory no longer lists is closed, unless somebody attests that its places exist.
const closePools = sql<{ programId: string }>(
  `update bed_pool b set is_active = false from program
   where program.source_key = any($1::text[]) and ${isUntouched} and b.program_id = program.id
     and b.is_active and b.attested_at is null and b.occupied + b.held = 0
     and not exists (select 1 from jsonb_to_recordset($2) as w(${poolShape})
       where w."sourceKey" = program.source_key and w.name = b.name)
   returning b.program_id as "programId"`,
);

/** Programs and pools from a published directory, many at once. What a provider's own people wrote is never overwritten. */
@Injectable()
export class DirectoryStore {
  constructor(private readonly matches: PoolMatchStore) {}

  /** Writes what is new or differs, nothing else; counts (staffed, occupied, held, censuses) are never touched. */
  async list(tx: SystemTx, programs: readonly ListedProgram[]): Promise<DirectoryChanges> {
    const pools = programs.flatMap(({ sourceKey, pools: own }) => own.map((pool) => ({ ...pool, sourceKey })));
    const keys = programs.map(({ sourceKey }) => sourceKey);
    const changed = await tx.query(upsertPrograms, [JSON.stringify(programs), tx.asOf]);
    const written = await tx.query(upsertPools, [JSON.stringify(pools)]);
    const closed = await tx.query(closePools, [keys, JSON.stringify(pools)]);
    const programIds = changed.map(({ id }) => id);
    const touched = new Set([...programIds, ...[...written, ...closed].map(({ programId }) => programId)]);
    if (touched.size > 0) await this.matches.refresh(tx, [...touched]);
    return { programIds, pools: written.length + closed.length };
  }
}
