import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import type { Reader } from '../platform/database/reader';
import { connectionOf, RequestReader } from '../platform/graphql';
import { AuditProof } from './audit-proof.type';
import { AuditProofsArgs } from './audit.inputs';
import { AuditTrailService } from './audit-trail.service';

const AuditProofConnection = connectionOf(AuditProof);

@Resolver(() => AuditProof)
export class AuditProofsResolver {
  constructor(private readonly trail: AuditTrailService) {}

  @Access({ resource: 'AuditEntry', command: 'read' })
  @Query(() => AuditProof, {
    nullable: true,
    description:
      'Proof that an entry of your agency’s trail is in a sealed block. Null for any other entry, and in the seconds until it is sealed.',
  })
  auditProof(
    @Args('entryId', { type: () => ID, description: 'Of the entry.' }) entryId: string,
    @RequestReader() reader: Reader,
  ) {
    return this.trail.proof(reader, entryId);
  }

  @Access({ resource: 'AuditEntry', command: 'read' })
  @Query(() => AuditProofConnection, {
    description:
      'Proofs of all sealed entries of your agency’s trail about one referral, its offers, holds and hand-offs, oldest first.',
  })
  auditProofs(@Args() args: AuditProofsArgs, @RequestReader() reader: Reader) {
    return this.trail.proofs(reader, args);
  }
}
