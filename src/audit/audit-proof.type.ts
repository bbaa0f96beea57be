import { Field, Int, ObjectType } from '@nestjs/graphql';
import { AuditEntry } from './audit-entry.type';
import { ProofSideEnum, type proofSides } from './audit.enums';

@ObjectType({
  description:
    'One step up the tree of RFC 6962: SHA-256 over the byte 01, then the left and the right hash, of which one is this and the other what you have.',
})
export class AuditProofStep {
  @Field(() => ProofSideEnum, { nullable: true, description: 'On which side this hash stands.' })
  side: keyof typeof proofSides | null;

  @Field(() => String, { nullable: true, description: 'SHA-256, hexadecimal.' })
  hash: string | null;
}

@ObjectType({
  description:
    'Proof that an entry is in a sealed block, checkable without Handrail: `leaf` is SHA-256 over the byte 00 and `content`; with the steps of `path` it becomes `root`; `blockHash` is what the anchors outside the database have for the block.',
})
export class AuditProof {
  @Field(() => AuditEntry, { nullable: true, description: 'What is proved.' })
  entry: AuditEntry | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Everything the entry says, base64: transaction and position (8 bytes each), its code (32), then the facts in the order of docs/audit-proofs.md, each with its length before it.',
  })
  content: string | null;

  @Field(() => String, { nullable: true, description: 'Hash of the content, hexadecimal.' })
  leaf: string | null;

  @Field(() => [AuditProofStep], {
    nullable: true,
    description: 'From the leaf to the root; at most about 13 steps, none where the entry is alone in its block.',
  })
  path: AuditProofStep[] | null;

  @Field(() => String, { nullable: true, description: 'Root of the block’s tree, hexadecimal.' })
  root: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of the block, from 1.' })
  block: number | null;

  @Field(() => String, { nullable: true, description: 'Hash of the block, hexadecimal: compare it with the anchor.' })
  blockHash: string | null;

  @Field(() => Date, { nullable: true, description: 'When the block was sealed, by the database’s clock.' })
  sealedAt: Date | null;
}
