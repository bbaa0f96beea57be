import { ArgsType, Field, Int } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { CountyFips, enumOf } from '../platform/graphql';
import type { Granularity } from './engine/lattice';
import { reportGroups, reportKinds, type ReportGroup, type ReportKind } from './report-kinds';

export const ReportKindEnum = enumOf('ReportKind', reportKinds, 'What is counted.');
export const ReportByEnum = enumOf(
  'ReportBy',
  { MONTH: 'By month', QUARTER: 'By quarter', YEAR: 'The year as a whole', ...reportGroups },
  'How a year is told apart: by time, or by one fact about what is counted. Never by two at once: the cells would be small.',
);

@ArgsType()
export class ReportArgs {
  @Field(() => ReportKindEnum)
  kind: ReportKind;

  @Field(() => Int, { description: 'A calendar year, from 2000 to this one.' })
  year: number;

  @Field(() => String, { nullable: true, description: 'Five-digit FIPS code of one county; null: all counties.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => ReportByEnum, { defaultValue: 'MONTH' })
  by: Granularity | ReportGroup = 'MONTH';
}
