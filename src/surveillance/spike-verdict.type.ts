import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { noteCodes, reasonCodes } from './engine/verdict';
import { SpikeCluster, SpikeStream, SpikeWindow } from './spike-alert.type';
import { SpikeNoteEnum, SpikeReasonEnum } from './surveillance.enums';

@ObjectType({ description: 'What was judged of a county at one moment, with what was known then. Kept as it is.' })
export class SpikeVerdict {
  @Field(() => Date, { nullable: true, description: 'The moment of judgement.' })
  asOf: Date;

  @Field(() => Boolean, {
    description: 'True: more than the county’s own year explains, or a cluster below the county.',
    nullable: true,
  })
  isSpike: boolean;

  @Field(() => Date, {
    nullable: true,
    description: 'Where its windows end: earlier than `asOf` for a late report.',
  })
  windowsEnd: Date;

  @Field(() => [SpikeWindow], { description: 'From the shortest to the longest.', nullable: true })
  windows: SpikeWindow[];

  @Field(() => Int, { nullable: true, description: 'Hours of the window with the strongest evidence.' })
  leadingHours: number;

  @Field(() => Float, { nullable: true, description: 'Smallest chance of all windows and of the sources together.' })
  p: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Largest `p` that is a spike here: it keeps the false-alarm budget.',
  })
  threshold: number;

  @Field(() => [SpikeReasonEnum], { description: 'The deciding one first.', nullable: true })
  reasons: (keyof typeof reasonCodes)[];

  @Field(() => [SpikeNoteEnum], {
    description: 'In no order of weight; empty: nothing to bear in mind.',
    nullable: true,
  })
  notes: (keyof typeof noteCodes)[];

  @Field(() => [SpikeStream], {
    description: 'In the order of their names; empty where only one source reports.',
    nullable: true,
  })
  streams: SpikeStream[];

  @Field(() => SpikeCluster, { nullable: true, description: 'Null: none below the county.' })
  cluster: SpikeCluster | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Hours since the last overdose that is known of; null: none.',
  })
  dataAgeHours: number | null;

  @Field(() => Int, { nullable: true, description: 'Days for which the county has reported.' })
  historyDays: number;

  @Field(() => String, { nullable: true, description: 'Version of the figures that decided.' })
  policyVersion: string;
}

@ObjectType({ description: 'An alert as it would have been raised in a past period.' })
export class ReplayedAlert {
  @Field(() => Date, {
    nullable: true,
    description: 'When the report came in that would have raised it.',
  })
  raisedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null: still open at the end of the period.' })
  endedAt: Date | null;

  @Field(() => [SpikeWindow], { nullable: true, description: 'As it was raised.' })
  windows: SpikeWindow[];
}

@ObjectType({ description: 'The detector over a past period of a county, at its present figures: for calibration.' })
export class SpikeReplay {
  @Field(() => [ReplayedAlert], { description: 'In the order in which they would have been raised.', nullable: true })
  alerts: ReplayedAlert[];

  @Field(() => Int, {
    nullable: true,
    description: 'Overdoses in the period.',
  })
  events: number | null;

  @Field(() => Float, { nullable: true, description: 'Alerts a county and year at this rate.' })
  alertsPerYear: number;

  @Field(() => String, { description: 'Version of the figures that were played.', nullable: true })
  policyVersion: string;
}

@ObjectType({ description: 'Overdoses of a county by day, what was expected, and its alerts, as a picture.' })
export class SpikeChart {
  @Field(() => String, {
    nullable: true,
    description: 'One SVG document without scripts or links, with a title and a description for screen readers.',
  })
  svg: string;
}
