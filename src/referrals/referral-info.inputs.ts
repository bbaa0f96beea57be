import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { Medication, Payer, Sex, Substance } from '../kernel/vocabulary';
import { LastUseEnum, type LastUse } from '../matching';
import { CountyFips, MedicationEnum, PayerEnum, SexEnum, SubstanceEnum } from '../platform/graphql';
import type { Missing } from './progress';
import { MissingFactEnum } from './referral.enums';

const LIST_LIMIT = 20;

@InputType({ description: 'A program asks for facts before it decides.' })
export class RequestReferralInfoInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => [MissingFactEnum], { description: 'What to ask for, 1 to 8 facts.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  missing: Missing[];
}

@InputType({ description: 'New facts of a need. What is left out, or null, stays as it was.' })
export class NeedFactsInput {
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

  @Field(() => String, { nullable: true, description: 'Five-digit county FIPS code, where no coordinates are known.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => Int, { nullable: true, description: 'Completed years, 0 to 120.' })
  @IsOptional()
  @Min(0)
  @Max(120)
  ageYears?: number | null;

  @Field(() => [SubstanceEnum], { nullable: true, description: 'At most 20; `[UNKNOWN]` says: asked, and not known.' })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  substances?: Substance[] | null;

  @Field(() => LastUseEnum, { nullable: true, description: 'Time since last use of any of them.' })
  @IsOptional()
  lastUse?: LastUse | null;

  @Field(() => [MedicationEnum], { nullable: true, description: 'Taken today, at most 20; `[]` says: asked, none.' })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  currentMedications?: Medication[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Pregnant, or has been told so.' })
  @IsOptional()
  pregnant?: boolean | null;

  @Field(() => PayerEnum, { nullable: true, description: 'How treatment would be paid for.' })
  @IsOptional()
  payer?: Payer | null;

  @Field(() => SexEnum, { nullable: true })
  @IsOptional()
  sex?: Sex | null;

  @Field(() => Boolean, { nullable: true, description: 'Injects drugs.' })
  @IsOptional()
  injects?: boolean | null;

  @Field(() => MedicationEnum, { nullable: true, description: 'Medication the person wishes to start.' })
  @IsOptional()
  wantedMedication?: Medication | null;

  @Field(() => Boolean, { nullable: true, description: 'A bodily complaint short of a red flag.' })
  @IsOptional()
  hasMedicalComplaint?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Psychosis or thoughts of suicide, short of a red flag.' })
  @IsOptional()
  hasPsychiatricConcern?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Children who come along, 0 to 20.' })
  @IsOptional()
  @Min(0)
  @Max(20)
  childrenWithThem?: number | null;

  @Field(() => String, { nullable: true, description: 'BCP-47 primary subtag, for example `en`, `es`.' })
  @IsOptional()
  @Matches(/^[a-z]{2,3}$/, { context: { remedy: 'Send a language as `en`, `es`, `so`.' } })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Needs a place that a wheelchair can get into.' })
  @IsOptional()
  usesWheelchair?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Needs sign language.' })
  @IsOptional()
  needsSignLanguage?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Has served in the armed forces.' })
  @IsOptional()
  isVeteran?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How far the person will go, kilometres in a straight line, 1 to 500.',
  })
  @IsOptional()
  @Min(1)
  @Max(500)
  maxDistanceKm?: number | null;
}

@InputType({ description: 'Answers to what was missing.' })
export class ProvideReferralInfoInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => NeedFactsInput, { nullable: true, description: 'Null: no new facts, only clearance.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => NeedFactsInput)
  facts?: NeedFactsInput | null;

  @Field(() => [MissingFactEnum], {
    defaultValue: [],
    description:
      'Asked by a program, and not known: LAST_USE, PREGNANCY, PAYER or AGE. The program decides without it.',
  })
  @ArrayMaxSize(8)
  @IsIn(['LAST_USE', 'PREGNANCY', 'PAYER', 'AGE'], {
    each: true,
    context: { remedy: 'Only LAST_USE, PREGNANCY, PAYER and AGE may stay unknown.' },
  })
  notKnown: Missing[] = [];

  @Field({
    defaultValue: false,
    description: 'EMS or a hospital has cleared the person after a red flag; routing goes on.',
  })
  isMedicallyCleared: boolean = false;
}
