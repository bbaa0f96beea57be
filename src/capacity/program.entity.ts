import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Medication, Pathway, Payer, Service, Substance } from '../kernel/vocabulary';
import type { AcceptanceMode, ServesOnly } from './capacity.enums';

/** A time of the week at which the program takes people in, in the program’s own time zone. */
export interface IntakeHours {
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  readonly weekday: number;
  /** Minutes after local midnight; `closes` may pass 1440 to run into the next day. */
  readonly opens: number;
  readonly closes: number;
}

/** A service line of a provider. */
@Entity('program')
export class ProgramEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) street: string | null;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text') state: string;
  @Column('text', { nullable: true }) postalCode: string | null;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { nullable: true }) countyFips: string | null;
  @Column('double precision', { nullable: true }) latitude: number | null;
  @Column('double precision', { nullable: true }) longitude: number | null;
  @Column('text') timeZone: string;
  @Column('text') acceptanceMode: AcceptanceMode;
  @Column('integer') freshnessMinutes: number;
  @Column('boolean') part2Program: boolean;
  @Column('text', { array: true }) services: Service[];
  @Column('text', { array: true }) medicationsOffered: Medication[];
  @Column('text', { array: true }) medicationsAccepted: Medication[];
  @Column('text', { array: true }) payers: Payer[];
  @Column('text', { array: true }) languages: string[];
  @Column('text', { array: true }) substances: Substance[];
  @Column('text', { nullable: true }) servesOnly: ServesOnly | null;
  @Column('text', { array: true }) acceptedPathways: Pathway[];
  @Column('boolean') admitsPregnant: boolean;
  @Column('jsonb') intakeWindows: IntakeHours[];
  @Column('boolean') isActive: boolean;
  @Column('text', { nullable: true }) sourceKey: string | null;
  @Column('timestamptz') createdAt: Date;
  /** When the provider’s own people last changed the program or its pools; equal to `createdAt` while nobody has. */
  @Column('timestamptz') updatedAt: Date;
}
