import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { byMachine, Steps } from '../platform/graphql';
import {
  AlertActionKindEnum,
  AlertActionStateEnum,
  DismissReasonEnum,
  SpikeAlertStateEnum,
  SpikeRenewalEnum,
} from './surveillance.enums';
import { alertActionMachine, type AlertActionState } from './alert-action.machine';
import type { DismissReason } from './alert-reasons';
import type { AlertActionKind } from './engine/action-list';
import type { Renewal } from './engine/dismissal';
import { spikeAlertMachine, type SpikeAlertState } from './spike-alert.machine';

@ObjectType({
  description:
    'More overdoses in a county than its own year explains. Told to the agencies at work there, and next to it as they choose. Counts only: no person, no address.',
})
@Steps<{ readonly state: SpikeAlertState }>(byMachine(spikeAlertMachine, 'dismiss'))
export class SpikeAlert {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => SpikeAlertStateEnum, { nullable: true })
  state: SpikeAlertState;

  @Field(() => DismissReasonEnum, { nullable: true, description: 'Why a human ended it; null: nobody did.' })
  dismissedBecause: DismissReason | null;

  @Field(() => SpikeRenewalEnum, {
    nullable: true,
    description: 'Why it opened in spite of `openedDespite`; null: no alert had been dismissed shortly before.',
  })
  openedBecause: Renewal | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: the county is next to one of your agency’s, not its own.',
  })
  isNeighbour: boolean;
}

@ObjectType({ description: 'One rolling window of a verdict.' })
export class SpikeWindow {
  @Field(() => Int, { nullable: true, description: 'Length of the window, hours.' })
  hours: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Overdoses in it, each once whoever reported it.',
  })
  count: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'As many were expected from the county’s own year.',
  })
  expected: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Chance of this count or more where nothing happens, 0 to 1.',
  })
  p: number | null;
}

@ObjectType({ description: 'One source of reports in the leading window: police, EMS, hospitals, deaths, others.' })
export class SpikeStream {
  @Field(() => String, { nullable: true, description: '`POLICE`, `EMS`, `HOSPITAL`, `DEATHS` or `OTHER`.' })
  stream: string;

  @Field(() => Int, { nullable: true, description: 'Overdoses it reported.' })
  count: number | null;

  @Field(() => Float, {
    description: 'As many were expected from its own past.',
    nullable: true,
  })
  expected: number;

  @Field(() => Boolean, { nullable: true, description: 'It is above its own expectation by itself.' })
  isAgreeing: boolean | null;
}

@ObjectType({
  description:
    'Where below the county the overdoses lie close together, found by a space–time permutation scan. Rounded to about a kilometre, so that no address can be read from it.',
})
export class SpikeCluster {
  @Field(() => Float, { nullable: true, description: 'Degrees north, two decimals.' })
  latitude: number;

  @Field(() => Float, { nullable: true, description: 'Degrees east, two decimals.' })
  longitude: number;

  @Field(() => Int, { nullable: true, description: 'Kilometres, at least 2.' })
  radiusKm: number;

  @Field(() => Int, { nullable: true, description: 'Length of the window, hours.' })
  hours: number;

  @Field(() => Int, { description: 'Overdoses in the circle and window.', nullable: true })
  count: number;

  @Field(() => Float, {
    description: 'As many were expected from the circle’s share of all overdoses of the county.',
    nullable: true,
  })
  expected: number;
}

const steps = byMachine(alertActionMachine, 'take', 'complete', 'decline');

@ObjectType({ description: 'Something one agency is asked to do while an alert lasts, and what became of it.' })
@Steps<{ readonly state: AlertActionState; readonly isAlertOpen: boolean }>({
  ...steps,
  take: (action) => action.isAlertOpen && steps.take(action),
})
export class AlertAction {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => AlertActionKindEnum, { nullable: true })
  kind: AlertActionKind;

  @Field(() => AlertActionStateEnum, { nullable: true })
  state: AlertActionState;
}
