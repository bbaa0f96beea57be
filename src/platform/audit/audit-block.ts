import { createHash } from 'node:crypto';
import { serialized } from './audit-entry';
import { rootOf } from './merkle';
import { leafOf, type StoredEntry } from './trail-rows';

/** Whole transactions under one root, named by their numbers: `xidFrom` is in it, `xidTo` is the next block’s. */
export interface AuditBlock {
  readonly number: number;
  readonly xidFrom: string;
  readonly xidTo: string;
  readonly count: number;
  readonly firstId: string;
  readonly lastId: string;
  /** Id (16 bytes) and leaf hash (32) of every entry, in order. */
  readonly leaves: Buffer;
  readonly root: Buffer;
  readonly previousHash: Buffer;
  /** RFC 3339 in UTC with microseconds. */
  readonly sealedAt: string;
  readonly keyId: string;
}

export interface SealedBlock extends AuditBlock {
  readonly hash: Buffer;
  /** By the key, over the hash: whoever holds the database cannot make a block of their own. */
  readonly mac: Buffer;
}

/** What stands before the first block. */
export const NO_HASH = Buffer.alloc(32);
const VERSION = 'handrail-audit-block-1';
const LEAF_BYTES = 48;

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export interface ListedLeaf {
  readonly id: string;
  readonly hash: Buffer;
}

/** The entries a block lists. */
export const leavesIn = (leaves: Buffer): ListedLeaf[] =>
  Array.from({ length: Math.floor(leaves.length / LEAF_BYTES) }, (_, at) => {
    const leaf = leaves.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES);
    return { id: idOf(leaf.subarray(0, 16)), hash: leaf.subarray(16) };
  });

/** The link of the chain, and what the anchor keeps: over everything in the block. */
export const blockHash = (block: AuditBlock): Buffer => {
  const leaves = createHash('sha256').update(block.leaves).digest('hex');
  const facts = [
    VERSION,
    String(block.number),
    block.xidFrom,
    block.xidTo,
    String(block.count),
    block.firstId,
    block.lastId,
    leaves,
    block.root.toString('hex'),
    block.previousHash.toString('hex'),
    block.sealedAt,
    block.keyId,
  ];
  return createHash('sha256').update(serialized(facts)).digest();
};

/** The next block over entries in the order (transaction, position); at least one. */
export const blockOver = (
  entries: readonly StoredEntry[],
  place: Pick<AuditBlock, 'number' | 'xidFrom' | 'xidTo' | 'previousHash' | 'sealedAt' | 'keyId'>,
): AuditBlock => {
  const hashes = entries.map((entry) => leafOf(entry));
  const leaves = Buffer.concat(entries.flatMap(({ id }, at) => [idBytes(id), hashes[at] ?? NO_HASH]));
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new Error('a block needs an entry');
  return { ...place, count: entries.length, firstId: first.id, lastId: last.id, leaves, root: rootOf(hashes) };
};
