import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MovementKind, NaloxoneProduct, RestockDeclineReason, StockWarningKind } from './engine/vocabulary';
import type { RestockState } from './restock.machine';

/** Doses of one make and date that an agency has. */
@Entity('naloxone_lot')
export class NaloxoneLotEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('text') product: NaloxoneProduct;
  @Column('text') lotNumber: string;
  /** Good through that day. */
  @Column('date') expiresOn: string;
  @Column('integer') onHand: number;
  /** How many there were: the position of the last. */
  @Column('integer') movements: number;
}

/** One entry of the ledger. Never changed. */
@Entity('naloxone_movement')
export class NaloxoneMovementEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') lotId: string;
  @Column('integer') position: number;
  @Column('text') kind: MovementKind;
  /** What it was used for, why it was thrown away or counted. */
  @Column('text', { nullable: true }) because: string | null;
  @Column('integer') change: number;
  /** What the lot had afterwards. */
  @Column('integer') onHand: number;
  @Column('timestamptz') at: Date;
  @Column('uuid') byId: string;
  @Column('uuid', { nullable: true }) overdoseReportId: string | null;
  @Column('uuid', { nullable: true }) restockId: string | null;
}

/** Below how many doses an agency wants to be warned, and when its stock is looked at next. */
@Entity('naloxone_level')
export class NaloxoneLevelEntity {
  @PrimaryColumn('uuid') agencyId: string;
  /** Null: as the house does. */
  @Column('integer', { nullable: true }) lowAt: number | null;
  @Column('timestamptz') lookAt: Date;
}

/** Something about its stock that an agency is warned of, from when until when. */
@Entity('stock_warning')
export class StockWarningEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('text') kind: StockWarningKind;
  /** As many as there were when it was raised. */
  @Column('integer') doses: number;
  @Column('integer', { nullable: true }) level: number | null;
  @Column('timestamptz') raisedAt: Date;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
}

/** Doses that one agency asks another for. */
@Entity('restock_request')
export class RestockRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') agencyId: string;
  @Column('uuid') supplierAgencyId: string;
  /** Null: any. */
  @Column('text', { nullable: true }) product: NaloxoneProduct | null;
  @Column('integer') doses: number;
  @Column('boolean') isSpike: boolean;
  @Column('text') state: RestockState;
  @Column('timestamptz') requestedAt: Date;
  @Column('uuid') requestedBy: string;
  @Column('integer', { nullable: true }) sentDoses: number | null;
  @Column('timestamptz', { nullable: true }) sentAt: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) because: RestockDeclineReason | null;
}
