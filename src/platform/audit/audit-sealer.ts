import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { NO_AGENCY } from '../database/system-actor';
import { sql } from '../database/statement';
import type { SystemTx } from '../database/tx';
import { UnitOfWork } from '../database/unit-of-work';
import { faults } from '../health/metrics';
import { Tasks } from '../jobs/tasks';
import { AnchorFile } from './anchor-file';
import { blockHash, blockOver, leavesIn, NO_HASH, type SealedBlock } from './audit-block';
import { momentText } from './audit-entry';
import { journalBeside, putAway, type Whereabouts } from './audit-journal';
import { AuditKeys } from './audit-keys';
import { blockColumns, entryColumns, SEALING_LOCK, type StoredEntry } from './trail-rows';

/** As many entries as a block takes, unless one transaction has more: a transaction is not torn apart. */
const BLOCK_LIMIT = 4_096;

const lock = sql<{ isMine: boolean }>(`select pg_try_advisory_xact_lock(${SEALING_LOCK}) as "isMine"`);
const latest = sql<SealedBlock>(`select ${blockColumns} from audit_block order by number desc limit 1`);
const after = sql<SealedBlock>(`select ${blockColumns} from audit_block where number > $1 order by number limit 1`);
/** Every transaction below it has ended: nobody can write an entry there any more. */
const horizon = sql<{ xid: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xid');
const waiting = sql<StoredEntry>(
  `select ${entryColumns('e')} from audit_entry e where e.xid >= $1::xid8 and e.xid < $2::xid8 order by e.xid, e.position limit $3`,
);
const ofTransaction = sql<StoredEntry>(
  `select ${entryColumns('e')} from audit_entry e where e.xid = $1::xid8 order by e.position`,
);
const add = sql(
  `insert into audit_block (number, xid_from, xid_to, count, first_id, last_id, leaves, root, previous_hash, hash, sealed_at, key_id, mac)
   values ($1, $2::xid8, $3::xid8, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz, $12, $13)`,
);
const present = sql<{ id: string; xid: string }>(
  'select id, xid::text as xid from audit_entry where id = any($1::uuid[])',
);
/** Those that reach into transactions from the first to the last of these. */
const over = sql<SealedBlock>(
  `select ${blockColumns} from audit_block where xid_from <= $2::xid8 and xid_to > $1::xid8
     and xid_from >= coalesce((select b.xid_from from audit_block b where b.xid_from <= $1::xid8 order by b.xid_from desc limit 1), $1::xid8)`,
);

interface Batch {
  readonly entries: readonly StoredEntry[];
  readonly xidTo: string;
}

/** Whole transactions only: the rest of one that was cut off waits for the next block. */
const wholeTransactions = (rows: readonly StoredEntry[], xidTo: string): Batch => {
  const cut = rows[BLOCK_LIMIT];
  return cut ? { entries: rows.filter(({ xid }) => xid !== cut.xid), xidTo: cut.xid } : { entries: rows, xidTo };
};

/**
 * Puts what nobody can join any more under Merkle roots, one block after the other, and writes each block’s hash outside the
 * database. Runs with the sweeps; commands never wait for it.
 */
@Injectable()
export class AuditSealer implements OnModuleInit {
  readonly #log = new Logger(AuditSealer.name);
  /** Journals that know more than the trail, each said once. */
  readonly #told = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: AuditKeys,
    private readonly tasks: Tasks,
    private readonly anchors: AnchorFile,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.seal());
  }

  /** Seals and anchors all that may be; does nothing while another process does. Throws where trail and anchors disagree. */
  async seal(): Promise<void> {
    while (await this.alone((tx) => this.step(tx)));
  }

  /** True when there may be more to do. */
  private async alone(work: (tx: SystemTx) => Promise<boolean>): Promise<boolean> {
    let hasMore = false;
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'sealAuditTrail', isHousekeeping: true }, async (tx) => {
      const { isMine } = await tx.one(lock);
      hasMore = isMine && (await work(tx));
      return { id: NO_AGENCY };
    });
    return hasMore;
  }

  /** What is sealed is anchored before more is, so the step that finds nothing to seal has anchored the newest block. */
  private async step(tx: SystemTx): Promise<boolean> {
    await this.anchor(tx);
    const [last] = await tx.query(latest);
    const xidFrom = last?.xidTo ?? '0';
    const { xid } = await tx.one(horizon);
    const { entries, xidTo } = await this.nextBatch(tx, xidFrom, xid);
    if (entries.length === 0) {
      await this.putJournalsAway(tx);
      return false;
    }
    const place = { number: (last?.number ?? 0) + 1, xidFrom, xidTo, previousHash: last?.hash ?? NO_HASH };
    const block = blockOver(entries, { ...place, sealedAt: momentText(tx.asOf), keyId: this.keys.signingId });
    const hash = blockHash(block);
    const { number, count, firstId, lastId, leaves, root, previousHash, sealedAt, keyId } = block;
    const chain = [leaves, root, previousHash, hash, sealedAt, keyId, this.keys.sign(hash)];
    tx.post(add, [number, xidFrom, xidTo, count, firstId, lastId, ...chain]);
    return true;
  }

  private async nextBatch(tx: SystemTx, from: string, to: string): Promise<Batch> {
    // After a restore into a new server, until the migration step has run, the counter may stand below what is sealed.
    if (BigInt(to) <= BigInt(from)) return { entries: [], xidTo: to };
    const rows = await tx.query(waiting, [from, to, BLOCK_LIMIT + 1]);
    const batch = wholeTransactions(rows, to);
    const [first] = rows;
    if (batch.entries.length > 0 || !first) return batch;
    return { entries: await tx.query(ofTransaction, [first.xid]), xidTo: String(BigInt(first.xid) + 1n) };
  }

  /** Brings the file up to the newest block. A block that does not follow from what the file knows is never written there. */
  private async anchor(tx: SystemTx): Promise<void> {
    let known = (await this.anchors.last()) ?? { block: 0, hash: NO_HASH.toString('hex') };
    const [newest] = await tx.query(latest);
    const sealed = newest?.number ?? 0;
    if (sealed < known.block) {
      throw new Error(`the anchors know audit block ${known.block}, and the database does not: run audit:verify`);
    }
    while (known.block < sealed) {
      const [block] = await tx.query(after, [known.block]);
      if (!block) throw new Error(`audit block ${known.block + 1} is gone: run audit:verify`);
      this.mustFollow(block, known.hash);
      known = { block: block.number, hash: block.hash.toString('hex') };
      await this.anchors.append(known, block.sealedAt);
      this.#log.log({ ...known, msg: 'audit block sealed' });
    }
  }

  /** What is sealed and anchored needs no other witness. */
  private async putJournalsAway(tx: SystemTx): Promise<void> {
    const folder = journalBeside(this.anchors.path);
    for (const file of await putAway(folder, this.#told, (ids) => this.whereabouts(tx, ids))) {
      this.#told.add(file);
      faults.inc();
      this.#log.error({ file, msg: 'a journal knows audit entries that the trail does not: run audit:verify' });
    }
  }

  private async whereabouts(tx: SystemTx, ids: readonly string[]): Promise<Whereabouts> {
    const rows = await tx.query(present, [ids]);
    const xids = rows.map(({ xid }) => BigInt(xid)).sort((a, b) => (a < b ? -1 : Number(a > b)));
    const [first, last] = [xids[0], xids.at(-1)].map(String);
    const blocks = rows.length === 0 ? [] : await tx.query(over, [first, last]);
    const whole = blocks.filter((block) => this.isWhole(block));
    return {
      present: new Set(rows.map(({ id }) => id)),
      sealed: new Set(whole.flatMap(({ leaves }) => leavesIn(leaves).map(({ id }) => id))),
    };
  }

  private isWhole(block: SealedBlock): boolean {
    return blockHash(block).equals(block.hash) && this.keys.isSigned(block.hash, block);
  }

  private mustFollow(block: SealedBlock, previous: string): void {
    if (this.isWhole(block) && block.previousHash.toString('hex') === previous) return;
    throw new Error(`audit block ${block.number} does not follow from the anchors: run audit:verify`);
  }
}
