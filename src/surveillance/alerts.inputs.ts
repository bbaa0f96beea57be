import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsOptional, Max, Min } from 'class-validator';
import { CountyFips, ConnectionArgs } from '../platform/graphql';
import type { DismissReason } from './alert-reasons';
import type { NeighbourChoice } from './engine/neighbour-choice';
import { DismissReasonEnum, NeighbourChoiceEnum } from './surveillance.enums';

export const CHART_DAYS_LIMIT = 366;
const DEFAULT_CHART_DAYS = 60;

@ArgsType()
export class SpikeAlertsArgs extends ConnectionArgs {
  @Field(() => Boolean, { nullable: true, description: 'True: open ones only; false: ended ones only; null: all.' })
  @IsOptional()
  isOpen?: boolean | null;
}

@InputType({ description: 'Ends an alert that is no spike, or that needs no more attention.' })
export class DismissSpikeAlertInput {
  @Field(() => ID, { description: 'The alert, as `spikeAlerts` lists it.' })
  alertId: string;

  @Field(() => DismissReasonEnum)
  reason: DismissReason;
}

@InputType({
  description: 'What your agency wants to hear of counties next to its own. Holds for alerts from then on.',
})
export class ChooseNeighbourAlertsInput {
  @Field(() => NeighbourChoiceEnum, { description: 'What to be told of counties next to your own.' })
  neighbours: NeighbourChoice;
}

@ArgsType()
export class SpikeChartArgs {
  @Field({ description: 'Five-digit FIPS code of a county in which your agency works, or next to one.' })
  @CountyFips()
  countyFips: string;

  @Field(() => Int, {
    defaultValue: DEFAULT_CHART_DAYS,
    description: `Days up to today, 7 to ${CHART_DAYS_LIMIT}.`,
  })
  @Min(7)
  @Max(CHART_DAYS_LIMIT)
  days: number = DEFAULT_CHART_DAYS;
}

@ArgsType()
export class ReplaySpikesArgs {
  @Field({ description: 'Five-digit FIPS code of a county in which your agency works, or next to one.' })
  @CountyFips()
  countyFips: string;

  @Field(() => Date, {
    description: 'Beginning of the period.',
  })
  from: Date;

  @Field(() => Date, {
    description: 'End of the period, at most 92 days after its beginning and not to come.',
  })
  until: Date;
}
