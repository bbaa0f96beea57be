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
  @Column('timestamptz') createdAt: Date;
}

@Entity('agency_jurisdiction')
export class AgencyJurisdictionEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('text') countyFips: string;
}
