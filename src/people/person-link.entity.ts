import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EvidenceLine } from './linkage/engine/register/agreement';
import type { Decider, LinkStep } from './link-words';
import type { PersonLinkState } from './person-link.machine';

/** That two records are one person, or may be: each pair once, the lower id left. */
@Entity('person_link')
export class PersonLinkEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') leftPersonId: string;
  @Column('uuid') rightPersonId: string;
  @Column('text') state: PersonLinkState;
  @Column('double precision') probability: number;
  @Column('double precision') bits: number;
  @Column('jsonb') evidence: readonly EvidenceLine[];
  /** What kept Handrail from linking a pair of enough weight. */
  @Column('text', { nullable: true }) conflict: string | null;
  @Column('text') policyVersion: string;
  @Column('timestamptz') foundAt: Date;
  @Column('text') foundBy: Decider;
  @Column('timestamptz', { nullable: true }) decidedAt: Date | null;
  @Column('text', { nullable: true }) decidedBy: Decider | null;
}

@Entity('person_link_decision')
export class PersonLinkDecisionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') linkId: string;
  @Column('timestamptz') at: Date;
  @Column('text') step: LinkStep;
  @Column('text') toState: PersonLinkState;
  @Column('text') byWhom: Decider;
  @Column('uuid', { nullable: true }) actorId: string | null;
  @Column('uuid', { nullable: true }) agencyId: string | null;
  @Column('text') policyVersion: string;
}

/** By what a record may be found: keyed codes. */
@Entity('person_block')
export class PersonBlockEntity {
  @PrimaryColumn('bytea') key: Buffer;
  @PrimaryColumn('uuid') personId: string;
}

/** Going through everybody on file, once for a policy and a key. */
@Entity('linkage_pass')
export class LinkagePassEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') policyVersion: string;
  @Column('uuid') indexKeyId: string;
  @Column('uuid', { nullable: true }) reached: string | null;
  @Column('integer') persons: number;
  @Column('integer') linked: number;
  @Column('integer') forReview: number;
  @Column('timestamptz') startedAt: Date;
  @Column('timestamptz', { nullable: true }) finishedAt: Date | null;
}
