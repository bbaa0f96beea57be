import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgencyKind } from '../kernel/vocabulary';

@Entity('agency')
export class AgencyEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') kind: AgencyKind;
  @Column('text') state: string;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('uuid', { nullable: true }) coordinatingAgencyId: string | null;
  @Column('text', { nullable: true }) sourceKey: string | null;
  @Column('boolean') isActive: boolean;
  /** Since when nobody is with the programs of a closed agency any more, as the operator says. */
  @Column('timestamptz', { nullable: true }) emptiedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}

@Entity('agency_jurisdiction')
export class AgencyJurisdictionEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('text') countyFips: string;
}
