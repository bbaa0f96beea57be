import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HoldState } from './capacity.enums';

/** One place kept for one referral. */
@Entity('hold')
export class HoldEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') poolId: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') referralId: string;
  @Column('text') state: HoldState;
  @Column('timestamptz') createdAt: Date;
  /** Null once the person has arrived: the place is theirs until admission or closing. */
  @Column('timestamptz', { nullable: true }) endsAt: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
}
