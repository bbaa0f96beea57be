import { Injectable } from '@nestjs/common';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { DirectoryAgency } from './directory-entry';

export interface ListedAgencies {
  /** Source key → id. */
  readonly ids: ReadonlyMap<string, string>;
  readonly newIds: readonly string[];
}

// An agency that is known stays as its own admin keeps it.
const addMissing = sql<{ id: string }>(
  `insert into agency (name, kind, state, source_key)
   select w.name, 'TREATMENT_PROVIDER', w.state, w."sourceKey"
   from jsonb_to_recordset($1) as w("sourceKey" text, name text, state text) order by w."sourceKey"
   on conflict (source_key) do nothing returning id`,
);
const idsOfKeys = sql<{ id: string; sourceKey: string }>(
  'select id, source_key as "sourceKey" from agency where source_key = any($1::text[])',
);

/** Organisations that a published directory names, as agencies. */
@Injectable()
export class ListedAgenciesStore {
  /** `agencies`: each source key once. */
  async list(tx: SystemTx, agencies: readonly DirectoryAgency[]): Promise<ListedAgencies> {
    const added = await tx.query(addMissing, [JSON.stringify(agencies)]);
    const rows = await tx.query(idsOfKeys, [agencies.map(({ sourceKey }) => sourceKey)]);
    return { ids: new Map(rows.map(({ sourceKey, id }) => [sourceKey, id])), newIds: added.map(({ id }) => id) };
  }
}
