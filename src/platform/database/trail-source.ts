import { Client } from 'pg';
import type { AnchorFile } from '../audit/anchor-file';
import type { SealedBlock } from '../audit/audit-block';
import { blockColumns, entryColumns, SEALING_LOCK, type StoredEntry } from '../audit/trail-rows';
import type { Trail } from '../audit/verify-trail';
import { workerUrl } from './data-source';

const ENTRIES_AT_ONCE = 1_000;
const BLOCKS_AT_ONCE = 10;

const selects = {
  entries: `select ${entryColumns('e')} from audit_entry e order by e.xid, e.position`,
  blocks: `select ${blockColumns} from audit_block order by number`,
};

/** The rows of a cursor, a few at a time. Two cursors of one transaction may take turns. */
const rowsOf = async function* <Row>(client: Client, name: keyof typeof selects, atOnce: number): AsyncGenerator<Row> {
  await client.query(`declare ${name} no scroll cursor for ${selects[name]}`);
  for (;;) {
    const { rows } = await client.query(`fetch ${atOnce} from ${name}`);
    if (rows.length === 0) return;
    yield* rows as Row[];
  }
};

/** Opens the snapshot while nobody seals, so that database and anchors are of one moment; sealing goes on beside the reading. */
const openSnapshot = async (client: Client, anchors: AnchorFile): Promise<number> => {
  await client.query('select pg_advisory_lock($1)', [SEALING_LOCK]);
  await client.query('begin isolation level repeatable read read only');
  await client.query('select 1');
  const size = await anchors.size();
  await client.query('select pg_advisory_unlock($1)', [SEALING_LOCK]);
  return size;
};

/** The whole trail of all agencies as of one moment, read from cursors and in constant memory, for as long as `work` takes. */
export const withTrail = async <Result>(
  databaseUrl: string,
  anchors: AnchorFile,
  work: (trail: Trail) => Promise<Result>,
): Promise<Result> => {
  const client = new Client({ connectionString: workerUrl(databaseUrl) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const size = await openSnapshot(client, anchors);
    return await work({
      entries: rowsOf<StoredEntry>(client, 'entries', ENTRIES_AT_ONCE),
      blocks: rowsOf<SealedBlock>(client, 'blocks', BLOCKS_AT_ONCE),
      anchors: anchors.anchors(size),
    });
  } finally {
    await client.end();
  }
};
