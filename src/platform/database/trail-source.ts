import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { AnchorFile } from '../audit/anchor-file';
import { journalBeside, journaledIds } from '../audit/audit-journal';
import type { SealedBlock } from '../audit/audit-block';
import { blockColumns, entryColumns, SEALING_LOCK, type StoredEntry } from '../audit/trail-rows';
import { sealedColumns, sealsOf, type SealedPair, type SealedRows } from '../audit/sealed-rows';
import type { LedgerPair, Trail } from '../audit/verify-trail';
import { wallDifferences, type WallDifference, type WallList } from '../audit/walls';
import { lineColumns } from '../disclosure/ledger-line';
import { workerUrl } from './data-source';
import { withClient } from './embedded/client';
import { schemaProblem } from './readiness';
import { readWalls } from './wall-catalogue';
import type { ExpectedLogins } from './wall-members';

const ENTRIES_AT_ONCE = 1_000;
const BLOCKS_AT_ONCE = 10;
/** A block is anchored with the next sweep at the latest; who verifies waits for some of them. */
const ANCHOR_WAIT_MS = 15_000;
const LOOK_AGAIN_MS = 250;

const selects = {
  entries: `select ${entryColumns('e')} from audit_entry e order by e.xid, e.position`,
  blocks: `select ${blockColumns} from audit_block order by number`,
  // Every line beside the entry that names it, and either without the other. As text: whatever stands in an entry, it compares.
  ledger: `with sealed as (
      select e.at, e.id as "entryId", e.details -> 'disclosure' ->> 'id' as "disclosureId", e.details -> 'disclosure' ->> 'sha256' as sha256
      from audit_entry e where e.kind = 'READ' and e.details ? 'disclosure'
      union all select at, "entryId", id, sha256 from (${sealsOf('disclosure')}) adopted)
    select (select to_jsonb(x) from (select ${lineColumns('d')}) x where d.id is not null) as line,
      (select to_jsonb(x) from (select s."entryId", s."disclosureId", s.sha256) x where s."entryId" is not null) as seal
    from disclosure d full join sealed s on s."disclosureId" = d.id::text order by coalesce(d.at, s.at), coalesce(d.id::text, s."disclosureId")`,
};

/** Where a trail is read, and what beside it. */
export interface TrailPlace {
  readonly databaseUrl: string;
  /** Not read from: beside the login of the other address, only its login may become a role of ours. */
  readonly appUrl: string;
  readonly anchors: AnchorFile;
  /** What the migrations make, to hold the database to. */
  readonly walls: WallList;
  readonly sealed: readonly SealedRows[];
  readonly anchorWaitMs?: number;
}

/** The rows of a cursor, a few at a time. Two cursors of one transaction may take turns. */
const rowsOf = async function* <Row>(client: Client, name: string, text: string, atOnce: number): AsyncGenerator<Row> {
  await client.query(`declare ${name} no scroll cursor for ${text}`);
  for (;;) {
    const { rows } = await client.query(`fetch ${atOnce} from ${name}`);
    if (rows.length === 0) return;
    yield* rows as Row[];
  }
};

/** True while a sealed block waits for its anchor: the sealer writes it a step later, and a step that was killed is made up for. */
const isAnchorOnItsWay = async (client: Client, anchors: AnchorFile): Promise<boolean> => {
  const { rows } = await client.query<{ newest: number }>(
    'select coalesce(max(number), 0)::integer as newest from audit_block',
  );
  return (rows[0]?.newest ?? 0) > ((await anchors.last())?.block ?? 0);
};

/** What is known outside the database at the moment of the snapshot: ids in journals, and bytes of the anchor file. */
interface Outside {
  readonly journaled: ReadonlySet<string>;
  readonly size: number;
}

const TRAIL_TABLES = ['public.audit_entry', 'public.audit_block', 'public.disclosure'];

/**
 * Opens the snapshot while nobody seals, so that database and anchors are of one moment; sealing goes on beside the reading.
 * Null while an anchor is on its way and there is time to wait for it. A policy works from the moment it is made, whatever a snapshot shows:
 * so the tables are held first, and until the end nobody changes what they are read behind.
 */
const snapshotIfSettled = async (
  client: Client,
  { anchors, sealed }: TrailPlace,
  mayWait: boolean,
): Promise<Outside | null> => {
  await client.query('select pg_advisory_lock($1)', [SEALING_LOCK]);
  try {
    if (mayWait && (await isAnchorOnItsWay(client, anchors))) return null;
    // Before the snapshot, which then has every entry that they know.
    const journaled = await journaledIds(journalBeside(anchors.path));
    await client.query('begin isolation level repeatable read read only');
    const tables = [...TRAIL_TABLES, ...sealed.map(({ table }) => `public.${table}`)];
    await client.query(`lock table ${tables.join(', ')} in access share mode`);
    await client.query('select 1');
    return { journaled, size: await anchors.size() };
  } finally {
    await client.query('select pg_advisory_unlock($1)', [SEALING_LOCK]);
  }
};

const openSnapshot = async (client: Client, place: TrailPlace): Promise<Outside> => {
  const until = performance.now() + (place.anchorWaitMs ?? ANCHOR_WAIT_MS);
  for (;;) {
    const outside = await snapshotIfSettled(client, place, performance.now() < until);
    if (outside !== null) return outside;
    await setTimeout(LOOK_AGAIN_MS);
  }
};

/** Every row of a sealed table beside the newest entry that names it, and either without the other. */
const pairsOf = (rows: SealedRows): string => `
  with seals as (${sealsOf(rows.table)})
  select (select to_jsonb(x) from (select ${sealedColumns(rows, 'r')}) x where r.id is not null) as row,
    (select to_jsonb(x) from (select s.id, s.names, s.sha256, s."entryId") x where s.id is not null) as seal
  from ${rows.table} r full join seals s on s.id = r.id::text order by coalesce(r.id::text, s.id)`;

const sealedOf = async function* (client: Client, tables: readonly SealedRows[]): AsyncGenerator<SealedPair> {
  for (const rows of tables) {
    const pairs = rowsOf<Omit<SealedPair, 'rows'>>(client, `sealed_${rows.table}`, pairsOf(rows), ENTRIES_AT_ONCE);
    for await (const pair of pairs) yield { ...pair, rows };
  }
};

/** Whoever has not migrated yet, or has already migrated further, would be told that everything was changed. */
const refuseOtherSchema = async (client: Client): Promise<void> => {
  await client.query('set role handrail_app');
  const problem = await schemaProblem(client);
  if (problem !== null) throw new Error(problem);
  await client.query('set role handrail_worker');
};

/** Who an address signs in as. */
const loginOf = (url: string): Promise<string> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ login: string }>('select session_user as login');
    return rows[0]?.login ?? '';
  });

/** Within the snapshot, so that what is compared is what is read behind. */
const wallsThat = async (client: Client, expected: WallList, logins: ExpectedLogins): Promise<WallDifference[]> => {
  const differences = wallDifferences(expected, await readWalls(client, logins));
  await client.query('reset search_path');
  return differences;
};

const streamsOf = (
  client: Client,
  { anchors, sealed }: TrailPlace,
  { journaled, size }: Outside,
): Omit<Trail, 'walls'> => ({
  journaled,
  entries: rowsOf<StoredEntry>(client, 'entries', selects.entries, ENTRIES_AT_ONCE),
  blocks: rowsOf<SealedBlock>(client, 'blocks', selects.blocks, BLOCKS_AT_ONCE),
  anchors: anchors.anchors(size),
  ledger: rowsOf<LedgerPair>(client, 'ledger', selects.ledger, ENTRIES_AT_ONCE),
  sealed: sealedOf(client, sealed),
});

/** A right that was taken away keeps the trail from being read; that it was is told first. */
const unreadable = (error: unknown): Omit<Trail, 'walls'> => {
  const rows: AsyncIterable<never> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.reject(error instanceof Error ? error : new Error(String(error))),
    }),
  };
  return { journaled: new Set(), entries: rows, blocks: rows, anchors: rows, ledger: rows, sealed: rows };
};

/** The whole trail of all agencies as of one moment, read from cursors and in constant memory, for as long as `work` takes. */
export const withTrail = async <Result>(
  place: TrailPlace,
  work: (trail: Trail) => Promise<Result>,
): Promise<Result> => {
  const logins = { app: await loginOf(place.appUrl), commands: await loginOf(place.databaseUrl) };
  const client = new Client({ connectionString: workerUrl(place.databaseUrl) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseOtherSchema(client);
    const streams = await openSnapshot(client, place).then(
      (outside) => streamsOf(client, place, outside),
      async (error: unknown) => {
        await client.query('rollback');
        return unreadable(error);
      },
    );
    return await work({ walls: await wallsThat(client, place.walls, logins), ...streams });
  } finally {
    await client.end();
  }
};
