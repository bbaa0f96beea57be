import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BatchBasis, BatchContent, BatchForm, SoldAs } from './alert-reasons';

/** A batch known to be potent or adulterated. No person, no place below the county. */
@Entity('batch_warning')
export class BatchWarningEntity {
  @PrimaryColumn('uuid') id: string;
  /** Null: a laboratory’s result raised it. */
  @Column('uuid', { nullable: true }) agencyId: string | null;
  @Column('text', { array: true }) countyFips: string[];
  @Column('text') basis: BatchBasis;
  @Column('text', { array: true }) contents: BatchContent[];
  @Column('text', { nullable: true }) soldAs: SoldAs | null;
  @Column('text', { nullable: true }) form: BatchForm | null;
  @Column('timestamptz') issuedAt: Date;
  @Column('timestamptz') expiresAt: Date;
  @Column('timestamptz', { nullable: true }) withdrawnAt: Date | null;
}

/** Which agency was told of a warning. */
@Entity('batch_warning_party')
export class BatchWarningPartyEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('uuid') warningId: string;
  @Column('timestamptz') issuedAt: Date;
}
