import { createHash } from 'node:crypto';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 6962 §2.1: leaves and nodes are hashed with different first bytes, so that neither can pass for the other. */
export const leafHash = (content: Uint8Array): Buffer => sha256(LEAF, content);
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** The largest power of two below `count`. */
const splitOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

/** Merkle tree hash (RFC 6962 §2.1) over leaf hashes; at least one. */
export const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const [only] = leaves;
  if (only === undefined) throw new Error('a tree needs a leaf');
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
};

/** One step up the tree: the hash beside, and on which side it stands. */
export interface ProofStep {
  readonly side: 'LEFT' | 'RIGHT';
  readonly hash: Buffer;
}

/** The audit path of a leaf (RFC 6962 §2.1.1), from the leaf upwards. */
export const proofOf = (leaves: readonly Buffer[], index: number): ProofStep[] => {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...proofOf(left, index), { side: 'RIGHT', hash: rootOf(right) }]
    : [...proofOf(right, index - split), { side: 'LEFT', hash: rootOf(left) }];
};

/** The root that leaf and path lead to: equal to the block’s where the entry is in it. */
export const rootFrom = (leaf: Buffer, path: readonly ProofStep[]): Buffer =>
  path.reduce((at, { side, hash }) => (side === 'LEFT' ? nodeHash(hash, at) : nodeHash(at, hash)), leaf);
