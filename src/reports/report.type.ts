import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ReportKind } from './report-kinds';
import { ReportKindEnum } from './report.args';

@ObjectType({ description: 'One figure of a report.' })
export class ReportFigure {
  @Field(() => String, { nullable: true, description: 'What is counted, for example `EVENTS`.' })
  measure: string;

  @Field(() => String, { nullable: true, description: 'The same in words.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'The period (`M01` to `M12`, `Q1` to `Q4`, `Y`) or the value of the group, for example `FEMALE`.',
  })
  of: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Null: hidden. It is from 1 to 10, or would give such a figure away, or is a zero of a county and measure whose year is hidden.',
  })
  count: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The same figure of the year before. Null: hidden, or nothing of the kind was counted in that year.',
  })
  countYearBefore: number | null;
}

@ObjectType({
  description:
    'Counts of a year that may be published. Figures from 1 to 10 are hidden, and so is whatever would give them away by any sum or difference of what can be asked. The same figures for everybody, counted once a week, when somebody first asks. What was hidden one week stays hidden in later ones until it has grown to 22, and for good once its period has been over for a month.',
})
export class Report {
  @Field(() => ReportKindEnum, { nullable: true })
  kind: ReportKind;

  @Field(() => Int, { description: 'Calendar year, Eastern time.', nullable: true })
  year: number;

  @Field(() => String, {
    nullable: true,
    description: 'The county in full, for example `Ross County, Ohio`; null: all counties.',
  })
  county: string | null;

  @Field(() => String, { nullable: true, description: 'What one of it is.' })
  definition: string;

  @Field(() => String, { nullable: true, description: 'All there is to count.' })
  denominator: string;

  @Field(() => String, { nullable: true, description: 'What decides in which county and month it counts.' })
  placedBy: string;

  @Field(() => Date, { nullable: true, description: 'Start of the period that is counted: the year, Eastern time.' })
  from: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'End of the period, not part of it; of a year that is not over, when it was counted.',
  })
  until: Date;

  @Field(() => Int, { nullable: true, description: 'How old the figures are, in minutes: a week at most.' })
  dataAgeMinutes: number;

  @Field(() => Date, { nullable: true, description: 'When it was counted, by the database’s clock.' })
  asOf: Date;

  @Field(() => [ReportFigure], {
    description: 'All figures that were asked for, measure by measure, in the order of time or of the values.',
    nullable: true,
  })
  lines: ReportFigure[];

  @Field(() => Int, { nullable: true, description: 'How many of the figures are hidden.' })
  hidden: number;

  @Field(() => String, { nullable: true, description: 'The same as CSV (RFC 4180) with a head.' })
  csv: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The same as a picture: one SVG without scripts. Of SPIKES: overdoses by month, the year before, and the months with alerts.',
  })
  chart: string;
}
