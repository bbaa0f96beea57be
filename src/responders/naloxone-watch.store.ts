import { Injectable } from '@nestjs/common';
import { insertionOf } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { WantedWarning } from './engine/stock-state';
import type { StockWarningKind } from './engine/vocabulary';
import { StockWarningEntity } from './naloxone.entity';

const toLookAt = sql<{ id: string }>(
  `select agency_id as id from naloxone_level where look_at <= app.now() and agency_id <> all ($2::uuid[]) order by look_at, agency_id limit $1`,
);
// What another worker looks at is in good hands.
const take = sql<{ agencyId: string }>(
  `update naloxone_level set look_at = $2 where agency_id = (
     select l.agency_id from naloxone_level l where l.agency_id = $1 and l.look_at <= app.now() for update skip locked)
   returning agency_id as "agencyId"`,
);
const lookNow = sql('update naloxone_level set look_at = least(look_at, app.now()) where agency_id = any($1::uuid[])');
const insertion = insertionOf(StockWarningEntity, 'stock_warning', ['endedAt']);
const raise = sql(`${insertion.statement.text} on conflict (agency_id, kind) where ended_at is null do nothing`);
const end = sql<{ id: string }>(
  'update stock_warning set ended_at = $3 where agency_id = $1 and kind = $2 and ended_at is null returning id',
);

/** What Handrail notes of the stocks of all agencies. */
@Injectable()
export class NaloxoneWatchStore {
  /** Agencies whose stock is to be looked at. */
  toLookAt(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string }[]> {
    return reader.query(toLookAt, [limit, resting]);
  }

  /** False: not due any more, or in other hands right now. */
  async take(tx: SystemTx, agencyId: string, next: Date): Promise<boolean> {
    return (await tx.query(take, [agencyId, next])).length > 0;
  }

  lookNow(tx: SystemTx, agencyIds: readonly string[]): void {
    tx.post(lookNow, [agencyIds]);
  }

  raise(tx: SystemTx, agencyId: string, { kind, doses, level }: WantedWarning): string {
    const id = newId();
    tx.post(raise, insertion.valuesOf({ id, agencyId, kind, doses, level, raisedAt: tx.asOf }));
    return id;
  }

  async end(tx: SystemTx, agencyId: string, kind: StockWarningKind): Promise<string> {
    return (await tx.one(end, [agencyId, kind, tx.asOf])).id;
  }
}
