import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { CountyFips, rowScalar, TextLength } from '../platform/graphql';
import { PersonInput } from '../people';
import type {
  CorrectionReason,
  NaloxoneGiver,
  RetractionReason,
  SuspectedSubstance,
  Transport,
} from './engine/vocabulary';
import {
  CorrectionReasonEnum,
  NaloxoneGiverEnum,
  RetractionReasonEnum,
  SuspectedSubstanceEnum,
  TransportEnum,
} from './overdose.enums';

const PLACE_LIMIT = 300;
const CLIENT_ID_LIMIT = 100;
const DOSES_LIMIT = 50;
const LIST_LIMIT = 20;
export const ROWS_LIMIT = 100;

@InputType({ description: 'Where an overdose happened: a point, or the county, or both.' })
export class OverdosePlaceInput {
  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84. With `longitude`.' })
  @IsOptional()
  @Min(-90)
  @Max(90)
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84. With `latitude`.' })
  @IsOptional()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Five-digit FIPS code of the county. May be left out with a point: the county is taken from it. With both this one counts (`warnings` of the report).',
  })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The place in words: address, landmark. Kept sealed. At most ${PLACE_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(0, PLACE_LIMIT)
  place?: string | null;
}

@InputType({ description: 'Where the person lives, which is often not where they were found.' })
export class ResidenceInput {
  @Field(() => String, { nullable: true, description: 'Five-digit FIPS code of the county they live in.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Address in words. Kept sealed. At most ${PLACE_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(0, PLACE_LIMIT)
  address?: string | null;
}

@InputType({ description: 'Naloxone that one kind of giver gave.' })
export class NaloxoneDosesInput {
  @Field(() => NaloxoneGiverEnum, { description: 'Who gave it.' })
  by: NaloxoneGiver;

  @Field(() => Int, { nullable: true, description: `1 to ${DOSES_LIMIT}; null: given, and not counted.` })
  @IsOptional()
  @Min(1)
  @Max(DOSES_LIMIT)
  count?: number | null;
}

/** What may be left out of a report, and corrected in it. */
@InputType({ isAbstract: true })
abstract class OverdoseDetails {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'False: only the day of `occurredAt` is known. Left out: the moment is known. A report of a day is joined to others by the person only.',
  })
  @IsOptional()
  isTimeKnown?: boolean | null;

  @Field(() => [NaloxoneDosesInput], {
    nullable: true,
    description: 'Doses by who gave them, each giver once. Only with naloxone given.',
  })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  @ValidateNested({ each: true })
  @Type(() => NaloxoneDosesInput)
  doses?: NaloxoneDosesInput[] | null;

  @Field(() => [SuspectedSubstanceEnum], { nullable: true, description: 'What it is thought to come from.' })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  suspectedSubstances?: SuspectedSubstance[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether children were there.' })
  @IsOptional()
  hasChildrenPresent?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether other people were there.' })
  @IsOptional()
  hasOthersPresent?: boolean | null;

  @Field(() => TransportEnum, { nullable: true, description: 'What became of the person at the scene.' })
  @IsOptional()
  transport?: Transport | null;

  @Field(() => ResidenceInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ResidenceInput)
  residence?: ResidenceInput | null;

  @Field(() => PersonInput, {
    nullable: true,
    description:
      'Who it was, as far as anybody tells. With a name, birth date or telephone number the person is on file with your agency from then on. Not with `personId`.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonInput)
  person?: PersonInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A person your agency has on file, for example from `findPersons`. Not with `person`.',
  })
  @IsOptional()
  personId?: string | null;
}

@InputType({
  description:
    'An overdose of one person, in four fields: when, where, fatal or not, naloxone or not. Everything else may follow later, and may come late.',
})
export class ReportOverdoseInput extends OverdoseDetails {
  @Field(() => Date, { description: 'When it happened; hours, weeks or years ago is as welcome as now.' })
  occurredAt: Date;

  @Field(() => OverdosePlaceInput, { description: 'Where it happened, apart from where the person lives.' })
  @ValidateNested()
  @Type(() => OverdosePlaceInput)
  where: OverdosePlaceInput;

  @Field({ description: 'Whether the person died.' })
  isFatal: boolean;

  @Field({ description: 'Whether anybody gave naloxone.' })
  isNaloxoneGiven: boolean;

  @Field(() => String, {
    nullable: true,
    description: `Your own key of this report, for example made on a phone without network: sent again with the same facts it is the same report. At most ${CLIENT_ID_LIMIT} characters, no personal data.`,
  })
  @IsOptional()
  @TextLength(1, CLIENT_ID_LIMIT)
  clientId?: string | null;
}

@InputType({
  description:
    'What a report is to say from now on. What is left out stays as it is, of the residence and of the person too; null takes it back. Earlier revisions are kept.',
})
export class CorrectOverdoseReportInput extends OverdoseDetails {
  @Field(() => ID)
  reportId: string;

  @Field(() => CorrectionReasonEnum, { description: 'Why the report changes.' })
  because: CorrectionReason;

  @Field(() => Date, { nullable: true, description: 'Null: as it is.' })
  @IsOptional()
  occurredAt?: Date | null;

  @Field(() => OverdosePlaceInput, { nullable: true, description: 'The whole place anew. Null: as it is.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => OverdosePlaceInput)
  where?: OverdosePlaceInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Null: as it is.' })
  @IsOptional()
  isFatal?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Null: as it is.' })
  @IsOptional()
  isNaloxoneGiven?: boolean | null;
}

@InputType({ description: 'Takes a report back. It is kept, and counts no more.' })
export class RetractOverdoseReportInput {
  @Field(() => ID)
  reportId: string;

  @Field(() => RetractionReasonEnum, { description: 'Why it is taken back.' })
  because: RetractionReason;
}

@InputType({ description: 'Whether a report is to stand alone.' })
export class SetOverdoseReportApartInput {
  @Field(() => ID)
  reportId: string;

  @Field({ description: 'True: it is an overdose that nobody else has reported. False: Handrail may join it again.' })
  isApart: boolean;
}

export const OverdoseReportRow = rowScalar('OverdoseReportRow', 'ReportOverdoseInput');

@InputType({ description: 'Reports of a partner system.' })
export class ReportOverdosesInput {
  @Field(() => [OverdoseReportRow], {
    // An empty row is the fault of that row.
    nullable: 'items',
    description: `1 to ${ROWS_LIMIT}, each with a \`clientId\`, so that all of it may be sent again.`,
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(ROWS_LIMIT)
  reports: unknown[];
}
