import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An overdose of the person that the sender knew of from others when it referred them. Never changed. */
@Entity('referral_danger')
export class ReferralDangerEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') referralId: string;
  /** The sender. */
  @Column('uuid') agencyId: string;
  /** Whose words they are. */
  @Column('uuid') toldByAgencyId: string;
  @Column('timestamptz') occurredAt: Date;
  @Column('integer', { nullable: true }) doses: number | null;
  @Column('boolean') hasRefusedTransport: boolean;
}
