import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustodyCommand, CustodyState } from './custody.machine';
import type { AlertFinding, AlertKind, LabFinding, Shift } from './engine/vocabulary';

/** Drugs or equipment that were handed in: in the annex of the agency, with no person in it and no way to one. */
@Entity('surrender')
export class SurrenderEntity {
  /** Random: one that tells the time would tell which referral came with it. */
  @PrimaryColumn('uuid') id: string;
  /** The annex: whose property room it is. */
  @Column('uuid') roomId: string;
  @Column('text') state: CustodyState;
  @Column('date') receivedOn: string;
  @Column('text') shift: Shift;
  @Column('timestamptz') openedAt: Date;
  /** Without the language it was shown in. */
  @Column('text') promiseVersion: string;
  @Column('text') propertyNumber: string;
  @Column('text') sealNumber: string;
  @Column('bytea', { name: 'description_sealed' }) description: string;
  @Column('numeric') sealedGrossWeightGrams: number;
  @Column('text') place: string;
  @Column('text', { nullable: true }) laboratory: string | null;
  /** The one-way token; compared, never shown. */
  @Column('bytea', { name: 'slip_sealed' }) slip: string;
  /** When the state has lasted too long; null: it may last, or somebody was told. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
}

/** One step of the chain of custody. Never changed. */
@Entity('custody_event')
export class CustodyEventEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') roomId: string;
  @Column('uuid') surrenderId: string;
  @Column('integer') position: number;
  @Column('timestamptz') at: Date;
  @Column('text') command: CustodyCommand | 'open';
  @Column('text') state: CustodyState;
  @Column('uuid') byId: string;
  @Column('text') byName: string;
  /** Somebody without a sign-in: at the laboratory. */
  @Column('text', { nullable: true }) otherName: string | null;
  @Column('text') place: string;
  @Column('text', { nullable: true }) sealNumber: string | null;
  @Column('numeric', { nullable: true }) sealedGrossWeightGrams: number | null;
  @Column('text', { array: true, nullable: true }) findings: LabFinding[] | null;
  /** The laboratory’s own number, or how it was destroyed. */
  @Column('text', { nullable: true }) reference: string | null;
}

/** Something in the chain that has to be looked into, by when, and what came of it. */
@Entity('custody_alert')
export class CustodyAlertEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') roomId: string;
  @Column('uuid') surrenderId: string;
  @Column('integer') position: number;
  @Column('text') kind: AlertKind;
  @Column('timestamptz') raisedAt: Date;
  @Column('timestamptz') dueAt: Date;
  @Column('text', { nullable: true }) finding: AlertFinding | null;
  @Column('timestamptz', { nullable: true }) answeredAt: Date | null;
  @Column('uuid', { nullable: true }) answeredBy: string | null;
  /** When the operator was told that the agency let a deadline pass. */
  @Column('timestamptz', { nullable: true }) toldAt: Date | null;
}
