import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Race, Sex } from '../kernel/vocabulary';

/** The one who needs help. Everything about them may be unknown at intake. */
@Entity('person')
export class PersonEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { nullable: true }) givenName: string | null;
  @Column('text', { nullable: true }) familyName: string | null;
  @Column('date', { nullable: true }) birthDate: string | null;
  @Column('text', { nullable: true }) sex: Sex | null;
  /** For counts; no record shows it. */
  @Column('text', { nullable: true }) race: Race | null;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'phone_sealed', nullable: true }) phone: string | null;
  @Column('bytea', { nullable: true }) phoneIndex: Buffer | null;
  @Column('text') language: string;
  /** The agency that took the person in. */
  @Column('uuid', { nullable: true }) sourceAgencyId: string | null;
  /** Taken in by a Part 2 program. */
  @Column('boolean') isPart2: boolean;
  @Column('timestamptz') createdAt: Date;
}

/** Which agency knows the person, and why: the only way the database shows a person to anybody. */
@Entity('person_party')
export class PersonPartyEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('uuid') personId: string;
  @Column('text') basis: PartyBasis;
  @Column('timestamptz') since: Date;
  /** When the consents that it rests on end; null: it rests on none. What is past shows nobody anything. */
  @Column('timestamptz', { nullable: true }) until: Date | null;
}

export type PartyBasis = 'INTAKE' | 'ACKNOWLEDGED_WITH_CONSENT' | 'ACCEPTANCE' | 'COORDINATION_WITH_CONSENT';

/** Which persons on file are one person. Read as Handrail only. */
@Entity('person_cluster')
export class PersonClusterEntity {
  @PrimaryColumn('uuid') personId: string;
  @Column('uuid') clusterId: string;
}
