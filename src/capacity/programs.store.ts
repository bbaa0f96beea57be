import { Injectable } from '@nestjs/common';
import type { ConsentScope, Relation } from '../access';
import type { LevelOfCare } from '../kernel/vocabulary';
import { columnNames, selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import { ProgramEntity } from './program.entity';
import { relationColumns } from './relation-columns';

export type ProgramRow = ProgramEntity & { readonly relations: Relation[]; readonly consents: ConsentScope[] };

/** What the provider says of its program; everything but keys and times. */
export type ProgramFacts = Omit<ProgramEntity, 'id' | 'agencyId' | 'sourceKey' | 'createdAt' | 'updatedAt'>;

export interface ProgramFilter {
  readonly agencyId: string | null;
  readonly state: string | null;
  readonly countyFips: string | null;
  readonly levelOfCare: LevelOfCare | null;
  readonly isActive: boolean | null;
}

export interface Page {
  readonly first: number;
  readonly after: Keyset | null;
}

const keys: readonly string[] = ['id', 'agencyId', 'sourceKey', 'createdAt', 'updatedAt'];
const factColumns = [...columnNames(ProgramEntity)].filter(([property]) => !keys.includes(property));
const named = factColumns.map(([, column]) => column);
const slots = (from: number): string[] => named.map((_, index) => `$${from + index}`);
const values = (facts: ProgramFacts): unknown[] =>
  factColumns.map(([property]) =>
    property === 'intakeWindows' ? JSON.stringify(facts.intakeWindows) : facts[property as keyof ProgramFacts],
  );

const columns = `${selectList(ProgramEntity, 'p')}, ${relationColumns('p')}`;

const programsById = sql<ProgramRow>(`select ${columns} from program p where p.id = any($1::uuid[])`);
// Under row-level security a row of another agency cannot be locked: it comes back as none.
const lockProgram = sql<ProgramRow>(`select ${columns} from program p where p.id = $1 for no key update`);
const programsOfAgencies = sql<ProgramRow>(
  `select listed.* from unnest($1::uuid[]) as asked(id) cross join lateral (
     select ${columns} from program p where p.agency_id = asked.id order by p.created_at, p.id limit 100) listed`,
);
// Ordered by the key alone: keys are made in the order of time.
const listPrograms = sql<ProgramRow>(
  `select ${columns} from program p
   where ($1::uuid is null or p.agency_id = $1) and ($2::text is null or p.state = $2)
     and ($3::text is null or p.county_fips = $3) and ($5::boolean is null or p.is_active = $5)
     and ($4::text is null or exists (
       select 1 from bed_pool b where b.program_id = p.id and b.level_of_care = $4 and b.is_active))
     and ($6::uuid is null or p.id > $6)
   order by p.id limit $7`,
);
const insertProgram = sql(
  `insert into program (id, agency_id, created_at, updated_at, ${named.join(', ')}) values ($1, $2, $3, $3, ${slots(4).join(', ')})`,
);
const updateProgram = sql(
  `update program set updated_at = app.now(), ${named.map((column, index) => `${column} = $${index + 2}`).join(', ')} where id = $1`,
);
const touchProgram = sql('update program set updated_at = app.now() where id = $1');

@Injectable()
export class ProgramsStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<ProgramRow[]> {
    return reader.query(programsById, [ids]);
  }

  ofAgencies(reader: Reader, agencyIds: readonly string[]): Promise<ProgramRow[]> {
    return reader.query(programsOfAgencies, [agencyIds]);
  }

  /** One row more than asked for says that more follow. */
  list(reader: Reader, filter: ProgramFilter, { first, after }: Page): Promise<ProgramRow[]> {
    const { agencyId, state, countyFips, levelOfCare, isActive } = filter;
    const afterId = after?.id ?? null;
    return reader.query(listPrograms, [agencyId, state, countyFips, levelOfCare, isActive, afterId, first + 1]);
  }

  async lock(tx: Tx, id: string): Promise<ProgramRow | undefined> {
    return (await tx.query(lockProgram, [id])).at(0);
  }

  async insert(tx: Tx, id: string, facts: ProgramFacts): Promise<void> {
    await tx.query(insertProgram, [id, tx.actor.agencyId, tx.asOf, ...values(facts)]);
  }

  async update(tx: Tx, id: string, facts: ProgramFacts): Promise<void> {
    await tx.query(updateProgram, [id, ...values(facts)]);
  }

  /** Notes that the provider’s own people changed a pool of the program. */
  async touch(tx: Tx, id: string): Promise<void> {
    await tx.query(touchProgram, [id]);
  }
}
