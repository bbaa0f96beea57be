import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many places an agency that sends referrals may keep at a time, where it differs from what holds for everybody. */
@Entity('hold_quota')
export class HoldQuotaEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @Column('integer') activeHolds: number;
  @Column('integer') poolSharePercent: number;
}
