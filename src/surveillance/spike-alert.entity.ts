import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlertActionState } from './alert-action.machine';
import type { DismissReason } from './alert-reasons';
import type { AlertActionKind, AlertSide } from './engine/action-list';
import type { NeighbourChoice } from './engine/neighbour-choice';
import type { Renewal } from './engine/dismissal';
import type { ClusterVerdict } from './engine/clusters';
import type { SpikeVerdict } from './engine/verdict';
import type { SpikeAlertState } from './spike-alert.machine';

/** More overdoses in a county than its own year explains, from the first sign until the counts are back. */
@Entity('spike_alert')
export class SpikeAlertEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') countyFips: string;
  @Column('text') state: SpikeAlertState;
  @Column('timestamptz') openedAt: Date;
  @Column('timestamptz') lastSpikeAt: Date;
  /** Since when the counts have been back at their expectation without a break. */
  @Column('timestamptz', { nullable: true }) quietSince: Date | null;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  @Column('text', { nullable: true }) dismissedBecause: DismissReason | null;
  @Column('uuid', { nullable: true }) dismissedBy: string | null;
  @Column('double precision') peakP: number;
  /** When it is to be looked at without a new report. */
  @Column('timestamptz', { nullable: true }) lookAt: Date | null;
  /** The alert dismissed shortly before, and why this one opened all the same. */
  @Column('uuid', { nullable: true }) openedDespite: string | null;
  @Column('text', { nullable: true }) openedBecause: Renewal | null;
}

/** Which agency was told of an alert: the only way the database shows it to anybody. */
@Entity('spike_alert_party')
export class SpikeAlertPartyEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @PrimaryColumn('uuid') alertId: string;
  @Column('text') side: AlertSide;
  @Column('timestamptz') openedAt: Date;
}

/** What the engine said at one moment. Written once. */
@Entity('spike_verdict')
export class SpikeVerdictEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') countyFips: string;
  @Column('timestamptz') asOf: Date;
  @Column('uuid', { nullable: true }) alertId: string | null;
  @Column('boolean') isSpike: boolean;
  @Column('jsonb') verdict: SpikeVerdict;
  @Column('jsonb', { nullable: true }) cluster: ClusterVerdict | null;
  @Column('text') policyVersion: string;
}

/** One thing that one agency is asked to do while an alert lasts. */
@Entity('alert_action')
export class AlertActionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') alertId: string;
  @Column('uuid') agencyId: string;
  @Column('text') kind: AlertActionKind;
  @Column('text') state: AlertActionState;
  @Column('timestamptz') changedAt: Date;
}

@Entity('alert_choice')
export class AlertChoiceEntity {
  @PrimaryColumn('uuid') agencyId: string;
  @Column('text') neighbours: NeighbourChoice;
  @Column('timestamptz') changedAt: Date;
}
