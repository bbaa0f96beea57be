import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { Medication, Payer, Substance } from '../kernel/vocabulary';
import { LastUseEnum, type LastUse } from '../matching';
import { MedicationEnum, PayerEnum, SubstanceEnum } from '../platform/graphql';
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
  @Matches(/^[0-9]{5}$/, { context: { remedy: 'Send five digits, for example `39141`.' } })
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

  @Field({
    defaultValue: false,
    description: 'EMS or a hospital has cleared the person after a red flag; routing goes on.',
  })
  isMedicallyCleared: boolean = false;
}
