import { Injectable } from '@nestjs/common';
import { leafContent } from '../platform/audit/trail-rows';
import { leafHash, proofOf } from '../platform/audit/merkle';
import type { Reader } from '../platform/database/reader';
import { keysetOf, pageOf, type Connection, type Keyset } from '../platform/graphql';
import type { AuditProofsArgs, AuditTrailArgs } from './audit.inputs';
import { AuditTrailStore, type ProofRow, type TrailFilter, type TrailRow } from './audit-trail.store';

/** The place of an entry in a list. */
export const keyOf = ({ id, at }: { readonly id: string; readonly at: string }): Keyset => ({ id, createdAt: at });

const splitHashes = (leaves: Buffer): Buffer[] =>
  Array.from({ length: leaves.length / 32 }, (_, at) => leaves.subarray(at * 32, (at + 1) * 32));

/** A proof as the schema has it, with what the reader is to it on every part. */
const proofFrom = (row: ProofRow) => {
  const { id, at, agencyId, block, place, leaves, root, blockHash, sealedAt, relations, consents } = row;
  const content = leafContent(row);
  return {
    id,
    at,
    agencyId,
    entry: row,
    content: content.toString('base64'),
    leaf: leafHash(content).toString('hex'),
    path: proofOf(splitHashes(leaves), place).map(({ side, hash }) => ({
      side,
      hash: hash.toString('hex'),
      agencyId,
      relations,
      consents,
    })),
    root: root.toString('hex'),
    block,
    blockHash: blockHash.toString('hex'),
    sealedAt,
    relations,
    consents,
  };
};
export type ProofView = ReturnType<typeof proofFrom>;

/** What is left out of the arguments narrows nothing. */
export const filterOf = (args: Partial<AuditTrailArgs>): TrailFilter => ({
  subjectId: args.subjectId ?? null,
  actorId: args.actorId ?? null,
  action: args.action ?? null,
  kind: args.kind ?? null,
  from: args.from ?? null,
  to: args.to ?? null,
});

/** The trail of the own agency, and the proof that it is the sealed one. */
@Injectable()
export class AuditTrailService {
  constructor(private readonly store: AuditTrailStore) {}

  /** Newest first. */
  async page(reader: Reader, args: AuditTrailArgs): Promise<Connection<TrailRow>> {
    return pageOf(await this.store.page(reader, filterOf(args), args.first, keysetOf(args)), args, keyOf);
  }

  async proof(reader: Reader, entryId: string): Promise<ProofView | null> {
    const row = await this.store.proof(reader, entryId);
    return row && proofFrom(row);
  }

  /** Oldest first: the way the referral went. */
  async proofs(reader: Reader, args: AuditProofsArgs): Promise<Connection<ProofView>> {
    const rows = await this.store.proofs(reader, args.referralId, args.first, keysetOf(args));
    return pageOf(rows.map(proofFrom), args, keyOf);
  }
}
