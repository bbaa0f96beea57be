import { digestOf, type Line } from '../disclosure/ledger-line';
import type { Anchor } from './anchor-file';
import { blockHash, leavesIn, NO_HASH, type ListedLeaf, type SealedBlock } from './audit-block';
import type { AuditKeys } from './audit-keys';
import { rootOf } from './merkle';
import { digestOfRow, type SealedPair } from './sealed-rows';
import { wallFaults, type WallDifference } from './walls';
import { leafOf, signedBytes, type StoredEntry } from './trail-rows';

/** What can be wrong with the trail. */
export const trailFaults = {
  ENTRY_CHANGED: 'The entry is not what its code was made over: it was changed, or written without a key.',
  ENTRY_UNKNOWN_KEY: 'The entry was signed with a key that is not in the key file.',
  ENTRY_MISSING: 'The block lists the entry, and it is gone.',
  ENTRY_ADDED: 'The entry stands among sealed transactions, and its block does not list it.',
  ENTRY_MOVED: 'The entry is as it was signed, but its place in the order is not the sealed one.',
  BLOCK_CHANGED: 'The block is not what its hash, its code or its root was made over.',
  BLOCK_MISSING: 'The number of the block is left out.',
  CHAIN_BROKEN: 'The block does not follow from the one before.',
  ANCHOR_MISSING: 'No anchor outside the database is there for the block.',
  ANCHOR_DIFFERS: 'The anchor outside the database has another hash for the block.',
  BLOCK_GONE: 'The anchors know the block, and the database does not.',
  ENTRY_GONE: 'The journal of the process that committed the entry knows it, and the database does not.',
  DISCLOSURE_CHANGED: 'The line of the disclosure ledger is not what the entry of its reading was made over.',
  DISCLOSURE_MISSING: 'The entry names a line of the disclosure ledger, and it is gone.',
  DISCLOSURE_ADDED: 'No entry of the trail names the line of the disclosure ledger.',
  CONSENT_CHANGED: 'The consent, or a revocation of it, is not what the newest entry that names it was made over.',
  CONSENT_MISSING: 'An entry names the consent, or a revocation of it, and it is gone.',
  CONSENT_ADDED: 'No entry of the trail names the consent, or a revocation of it.',
  ...wallFaults,
} as const;
export type TrailFault = keyof typeof trailFaults;

/** One thing that is wrong, and where. */
export interface Finding {
  readonly fault: TrailFault;
  /** The number of the block; null among entries that wait to be sealed. */
  readonly block: number | null;
  readonly entryId: string | null;
  /** The line of the disclosure ledger, where the finding is about one. */
  readonly disclosureId?: string;
  /** The consent, where the finding is about one or a revocation of it. */
  readonly consentId?: string;
  /** Kind and name, where the finding is about what keeps rows apart, in place or in sight. */
  readonly wall?: string;
}

/** What an entry of a reading says of its line on the disclosure ledger. */
export interface Sealed {
  readonly entryId: string;
  readonly disclosureId: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A line of the ledger beside the entry that names it; one of the two is missing where they do not meet. */
export interface LedgerPair {
  readonly line: Line | null;
  readonly seal: Sealed | null;
}

/** What is verified, each in its order: the walls that it is read behind, ids in the journals of processes, entries by (transaction, position), blocks by number, anchors as in the file, the ledger by time, sealed rows by id. */
export interface Trail {
  readonly walls: readonly WallDifference[];
  readonly journaled: ReadonlySet<string>;
  readonly entries: AsyncIterable<StoredEntry>;
  readonly blocks: AsyncIterable<SealedBlock>;
  readonly anchors: AsyncIterable<Anchor>;
  readonly ledger: AsyncIterable<LedgerPair>;
  readonly sealed: AsyncIterable<SealedPair>;
}

export interface Tally {
  entries: number;
  blocks: number;
  anchors: number;
  /** Entries that no block has yet. */
  waiting: number;
  /** Entries from before entries were signed. */
  unsigned: number;
  disclosures: number;
  /** Consents, and revocations of them. */
  consents: number;
}

/** Reads ahead by one. */
class Peeking<T> {
  readonly #source: AsyncIterator<T>;
  #next: T | null | undefined;

  constructor(source: AsyncIterable<T>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async peek(): Promise<T | null> {
    if (this.#next === undefined) {
      const read = await this.#source.next();
      this.#next = read.done === true ? null : read.value;
    }
    return this.#next;
  }

  /** The next one for which it holds, taken. */
  async takeIf(holds: (value: T) => boolean): Promise<T | null> {
    const next = await this.peek();
    if (next === null || !holds(next)) return null;
    this.#next = undefined;
    return next;
  }
}

const isNextOf = (block: SealedBlock, previous: SealedBlock | null): boolean =>
  block.previousHash.equals(previous?.hash ?? NO_HASH) && block.xidFrom === (previous?.xidTo ?? '0');

const ledgerFindings = function* (line: Line | null, seal: Sealed | null): Generator<Finding> {
  const place = { block: null, entryId: seal?.entryId ?? null };
  if (!line) yield { fault: 'DISCLOSURE_MISSING', ...place, disclosureId: seal?.disclosureId ?? '' };
  else if (!seal) yield { fault: 'DISCLOSURE_ADDED', ...place, disclosureId: line.id };
  else if (digestOf(line).toString('hex') !== seal.sha256) {
    yield { fault: 'DISCLOSURE_CHANGED', ...place, disclosureId: line.id };
  }
};

const rowFindings = function* ({ rows, row, seal }: SealedPair): Generator<Finding> {
  const place = { block: null, entryId: seal?.entryId ?? null };
  const consentId = seal?.names ?? String(row?.[rows.names]);
  if (!row) yield { fault: `${rows.kind}_MISSING`, ...place, consentId };
  else if (!seal) yield { fault: `${rows.kind}_ADDED`, ...place, consentId };
  else if (digestOfRow(rows, row) !== seal.sha256) yield { fault: `${rows.kind}_CHANGED`, ...place, consentId };
};

/**
 * Holds the trail, the disclosure ledger and consents against its keys, its blocks and the anchors. Yields what is wrong, the walls first;
 * nothing where all is well. Reads every stream once and keeps one block in memory, beside what journals know of the last minutes.
 */
export class TrailVerifier {
  readonly tally: Tally = {
    ...{ entries: 0, blocks: 0, anchors: 0, waiting: 0, unsigned: 0 },
    ...{ disclosures: 0, consents: 0 },
  };
  readonly #entries: Peeking<StoredEntry>;
  readonly #anchors: Peeking<Anchor>;
  /** Entries that a process has committed, and that were not met yet. */
  readonly #unmet: Set<string>;
  #hasSigned = false;

  constructor(
    private readonly keys: AuditKeys,
    private readonly trail: Trail,
  ) {
    this.#entries = new Peeking(trail.entries);
    this.#anchors = new Peeking(trail.anchors);
    this.#unmet = new Set(trail.journaled);
  }

  async *findings(): AsyncGenerator<Finding> {
    // First: behind a wall that somebody moved, what is read may be less than what is there.
    for (const difference of this.trail.walls) yield { ...difference, block: null, entryId: null };
    let previous: SealedBlock | null = null;
    for await (const block of this.trail.blocks) {
      this.tally.blocks += 1;
      yield* this.chain(block, previous);
      yield* this.anchoring(block);
      yield* this.entriesOf(block);
      previous = block;
    }
    yield* this.waiting();
    for (const entryId of this.#unmet) yield { fault: 'ENTRY_GONE', block: null, entryId };
    for (let anchor = await this.nextAnchor(Infinity); anchor; anchor = await this.nextAnchor(Infinity)) {
      yield { fault: 'BLOCK_GONE', block: anchor.block, entryId: null };
    }
    yield* this.ledger();
    yield* this.sealed();
  }

  /** An entry that was changed along with its line was found before. */
  private async *ledger(): AsyncGenerator<Finding> {
    for await (const { line, seal } of this.trail.ledger) {
      this.tally.disclosures += line ? 1 : 0;
      yield* ledgerFindings(line, seal);
    }
  }

  private async *sealed(): AsyncGenerator<Finding> {
    for await (const pair of this.trail.sealed) {
      this.tally.consents += pair.row ? 1 : 0;
      yield* rowFindings(pair);
    }
  }

  private *chain(block: SealedBlock, previous: SealedBlock | null): Generator<Finding> {
    const expected = (previous?.number ?? 0) + 1;
    for (let number = expected; number < block.number; number++) {
      yield { fault: 'BLOCK_MISSING', block: number, entryId: null };
    }
    if (!this.isWhole(block)) yield { fault: 'BLOCK_CHANGED', block: block.number, entryId: null };
    if (!isNextOf(block, previous)) yield { fault: 'CHAIN_BROKEN', block: block.number, entryId: null };
  }

  private isWhole(block: SealedBlock): boolean {
    const hashes = leavesIn(block.leaves).map(({ hash }) => hash);
    const isMade = blockHash(block).equals(block.hash) && this.keys.isSigned(block.hash, block);
    return isMade && hashes.length > 0 && rootOf(hashes).equals(block.root);
  }

  private async *anchoring(block: SealedBlock): AsyncGenerator<Finding> {
    const hash = block.hash.toString('hex');
    let isAnchored = false;
    for (let anchor = await this.nextAnchor(block.number); anchor; anchor = await this.nextAnchor(block.number)) {
      if (anchor.block < block.number) {
        yield { fault: 'BLOCK_GONE', block: anchor.block, entryId: null };
      } else {
        isAnchored = true;
        if (anchor.hash !== hash) yield { fault: 'ANCHOR_DIFFERS', block: block.number, entryId: null };
      }
    }
    if (!isAnchored) yield { fault: 'ANCHOR_MISSING', block: block.number, entryId: null };
  }

  private async nextAnchor(upTo: number): Promise<Anchor | null> {
    const anchor = await this.#anchors.takeIf(({ block }) => block <= upTo);
    if (anchor) this.tally.anchors += 1;
    return anchor;
  }

  private async *entriesOf({ number, xidTo, leaves }: SealedBlock): AsyncGenerator<Finding> {
    const listed = new Map(leavesIn(leaves).map((leaf) => [leaf.id, leaf]));
    const end = BigInt(xidTo);
    const isInside = ({ xid }: StoredEntry): boolean => BigInt(xid) < end;
    for (let entry = await this.#entries.takeIf(isInside); entry; entry = await this.#entries.takeIf(isInside)) {
      const fault = this.faultOf(entry) ?? this.misplaced(entry, listed.get(entry.id));
      listed.delete(entry.id);
      if (fault) yield { fault, block: number, entryId: entry.id };
    }
    for (const id of listed.keys()) {
      this.#unmet.delete(id);
      yield { fault: 'ENTRY_MISSING', block: number, entryId: id };
    }
  }

  private async *waiting(): AsyncGenerator<Finding> {
    for (let entry = await this.#entries.takeIf(() => true); entry; entry = await this.#entries.takeIf(() => true)) {
      this.tally.waiting += 1;
      const fault = this.faultOf(entry);
      if (fault) yield { fault, block: null, entryId: entry.id };
    }
  }

  private misplaced(entry: StoredEntry, leaf: ListedLeaf | undefined): TrailFault | null {
    if (!leaf) return 'ENTRY_ADDED';
    if (leafOf(entry).equals(leaf.hash)) return null;
    return entry.keyId === '' ? 'ENTRY_CHANGED' : 'ENTRY_MOVED';
  }

  private faultOf(entry: StoredEntry): TrailFault | null {
    this.tally.entries += 1;
    this.#unmet.delete(entry.id);
    // Entries from before there were keys come first; what claims to be one later is forged.
    if (entry.keyId === '' && entry.mac.length === 0 && !this.#hasSigned) {
      this.tally.unsigned += 1;
      return null;
    }
    this.#hasSigned = true;
    if (!this.keys.knows(entry.keyId)) return entry.keyId === '' ? 'ENTRY_CHANGED' : 'ENTRY_UNKNOWN_KEY';
    return this.keys.isSigned(signedBytes(entry), entry) ? null : 'ENTRY_CHANGED';
  }
}
