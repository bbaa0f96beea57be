import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, Max, Min } from 'class-validator';
import type {
  ExposedKind,
  ExposureOutcome,
  ExposureRoute,
  ExposureSubstance,
  ExposureSymptom,
  Protection,
} from './engine/vocabulary';
import {
  ExposedKindEnum,
  ExposureOutcomeEnum,
  ExposureRouteEnum,
  ExposureSubstanceEnum,
  ExposureSymptomEnum,
  ProtectionEnum,
} from './responders.enums';
import { CountyFips } from '../platform/graphql';

const LIST_LIMIT = 10;
const DOSES_LIMIT = 50;

@InputType({
  description:
    'You, or your dog, were exposed. Send nothing of whoever was helped: there is no field for it, and no other record leads here.',
})
export class ReportExposureInput {
  @Field(() => ExposedKindEnum, { description: 'The responder, or their dog.' })
  exposed: ExposedKind;

  @Field(() => Date, { description: 'When it happened; not to come, and at most a year ago.' })
  occurredAt: Date;

  @Field(() => String, { nullable: true, description: 'Five-digit FIPS code of the county.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => [ExposureSubstanceEnum], { description: `1 to ${LIST_LIMIT}, each once.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(LIST_LIMIT)
  @ArrayUnique()
  substances: ExposureSubstance[];

  @Field(() => [ExposureRouteEnum], { description: `1 to ${LIST_LIMIT}, each once.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(LIST_LIMIT)
  @ArrayUnique()
  routes: ExposureRoute[];

  @Field(() => [ExposureSymptomEnum], { description: `Up to ${LIST_LIMIT}, each once; empty: none.` })
  @ArrayMaxSize(LIST_LIMIT)
  @ArrayUnique()
  symptoms: ExposureSymptom[];

  @Field(() => [ProtectionEnum], { description: `Up to ${LIST_LIMIT}, each once; empty: none.` })
  @ArrayMaxSize(LIST_LIMIT)
  @ArrayUnique()
  protection: Protection[];

  @Field(() => Int, { defaultValue: 0, description: `Doses you or the dog were given, 0 to ${DOSES_LIMIT}.` })
  @Min(0)
  @Max(DOSES_LIMIT)
  naloxoneDoses: number = 0;

  @Field({ description: 'Taken to a hospital, or a dog to a veterinarian.' })
  wentToHospital: boolean;
}

@InputType({ description: 'What has shown since. What is left out or null stays as it is.' })
export class AddToExposureInput {
  @Field(() => ID, { description: 'An exposure of your own.' })
  exposureId: string;

  @Field(() => [ExposureSymptomEnum], { nullable: true, description: 'All of them, the earlier ones too.' })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  @ArrayUnique()
  symptoms?: ExposureSymptom[] | null;

  @Field(() => Int, { nullable: true, description: `All doses together, 0 to ${DOSES_LIMIT}.` })
  @IsOptional()
  @Min(0)
  @Max(DOSES_LIMIT)
  naloxoneDoses?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Taken to a hospital, or a dog to a veterinarian.' })
  @IsOptional()
  wentToHospital?: boolean | null;
}

@InputType({ description: 'The safety officer has looked at an exposure and spoken with the responder.' })
export class ReviewExposureInput {
  @Field(() => ID)
  exposureId: string;
}

@InputType({ description: 'The responder was asked once more.' })
export class CloseExposureInput {
  @Field(() => ID)
  exposureId: string;

  @Field(() => ExposureOutcomeEnum)
  outcome: ExposureOutcome;
}
