import { NO_AGENCY } from '../database/system-actor';
import { sql } from '../database/statement';
import type { UnitOfWork } from '../database/unit-of-work';
import { digestOf, lineColumns, type Line } from '../disclosure/ledger-line';
import { sealedColumns, sealOfRow, sealsOf, type RowSeal, type SealedRows } from './sealed-rows';

const ROWS_AT_ONCE = 1_000;
const ROWS_OF_AN_ENTRY = 100;

/** Rows of a table that no entry names, the oldest ids first. */
const unnamed = (table: string, columns: string, named: string): string => `
  with seals as materialized (${named})
  select ${columns} from ${table} r where not exists (select 1 from seals s where s.id = r.id::text) order by r.id limit ${ROWS_AT_ONCE}`;

interface Adoption {
  readonly statement: ReturnType<typeof sql<Record<string, unknown>>>;
  readonly sealOf: (row: Record<string, unknown>) => RowSeal;
}

const ledger: Adoption = {
  statement: sql(
    unnamed(
      'disclosure',
      lineColumns('r'),
      `select e.details -> 'disclosure' ->> 'id' as id from audit_entry e where e.kind = 'READ' and e.details ? 'disclosure'
       union all select id from (${sealsOf('disclosure')}) adopted`,
    ),
  ),
  sealOf: (row) => {
    const line = row as unknown as Line;
    return { table: 'disclosure', id: line.id, names: line.id, sha256: digestOf(line).toString('hex') };
  },
};

/** Locks rows that are changed later: one that changed between being read and being named would be vouched for as it was before. */
const adoptionOf = (rows: SealedRows): Adoption => ({
  statement: sql(
    `${unnamed(rows.table, sealedColumns(rows, 'r'), sealsOf(rows.table))}${rows.isAppendOnly ? '' : ' for update of r'}`,
  ),
  sealOf: (row) => sealOfRow(rows, row),
});

const adoptSome = async (unitOfWork: UnitOfWork, { statement, sealOf }: Adoption): Promise<number> => {
  let adopted = 0;
  await unitOfWork.runAsSystem(NO_AGENCY, { name: 'adoptUnnamed', isHousekeeping: true }, async (tx) => {
    const seals = (await tx.query(statement)).map(sealOf);
    adopted = seals.length;
    for (let from = 0; from < seals.length; from += ROWS_OF_AN_ENTRY) {
      const details = { seals: seals.slice(from, from + ROWS_OF_AN_ENTRY) };
      tx.audit({ action: 'trail.adopted', subjectType: null, subjectId: null, details });
    }
    return { id: NO_AGENCY };
  });
  return adopted;
};

/**
 * Takes rows from before the trail named them into it, as they are now, at the operator’s command after an upgrade: from then on every row
 * has an entry that vouches for it. Answers how many.
 */
export const adoptUnnamed = async (unitOfWork: UnitOfWork, tables: readonly SealedRows[]): Promise<number> => {
  let all = 0;
  for (const adoption of [ledger, ...tables.map(adoptionOf)]) {
    let adopted = ROWS_AT_ONCE;
    while (adopted === ROWS_AT_ONCE) {
      adopted = await adoptSome(unitOfWork, adoption);
      all += adopted;
    }
  }
  return all;
};
