import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person asked who was told of them. */
@Entity('accounting_request')
export class AccountingRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') personId: string;
  /** Who answers. */
  @Column('uuid') agencyId: string;
  @Column('uuid') recordedByAgencyId: string;
  @Column('uuid') recordedBy: string;
  @Column('timestamptz') requestedAt: Date;
  @Column('timestamptz') coversFrom: Date;
  @Column('timestamptz') dueAt: Date;
  @Column('timestamptz', { nullable: true }) answeredAt: Date | null;
  @Column('uuid', { nullable: true }) answeredBy: string | null;
}
