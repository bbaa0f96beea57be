import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, ValidateNested } from 'class-validator';
import { ReferralConsentInput } from '../../consent';
import type { Medication } from '../../kernel/vocabulary';
import { NeedInput } from '../../matching';
import { PersonInput } from '../../people';
import { CountyFips, MedicationEnum, Steps, TextLength } from '../../platform/graphql';
import type { FlagConsent, FlagOpens, RiskReason } from '../engine/vocabulary';
import { FlagConsentEnum, FlagOpensEnum, RiskReasonEnum } from './at-risk.enums';

const ADDRESS_LIMIT = 200;
@Steps({ flag: null, withdrawTellBack: ({ mayTellBack }: { readonly mayTellBack: boolean }) => mayTellBack })
@ObjectType({
  description:
    'That hospital staff flagged a patient at risk, and what it opened. What comes back to the hospital follows the patient’s consent.',
})
export class AtRiskFlag {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When.' })
  flaggedAt: Date;

  @Field(() => [RiskReasonEnum], { nullable: true, description: 'Why.' })
  reasons: RiskReason[];

  @Field(() => FlagConsentEnum, { nullable: true, description: 'What the patient has agreed to.' })
  consentState: FlagConsent;

  @Field(() => Boolean, { nullable: true, description: 'Whether the patient wishes to be contacted.' })
  wantsContact: boolean;

  @Field(() => MedicationEnum, { nullable: true, description: 'Begun in hospital; null: none.' })
  medicationStarted: Medication | null;

  @Field(() => Date, { nullable: true, description: 'When the patient leaves, or left; null: not known.' })
  dischargeAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether an outreach team was asked to see the patient.' })
  hasOutreach: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the patient agreed in writing that the hospital learns whether they were reached, and has not taken it back.',
  })
  mayTellBack: boolean;

  @Field(() => Date, {
    nullable: true,
    description:
      'When a team reached the patient: for those who agreed in writing that the hospital learns it. Null: not, or not told.',
  })
  reachedAt: Date | null;
}

@InputType({ description: 'A patient at risk, before it turns fatal.' })
export class FlagAtRiskInput {
  @Field(() => PersonInput, { nullable: true, description: 'Who it is. Not with `episodeId`.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonInput)
  person?: PersonInput | null;

  @Field(() => ID, { nullable: true, description: 'A path of a patient that your agency knows. Not with `person`.' })
  @IsOptional()
  episodeId?: string | null;

  @Field(() => [RiskReasonEnum], { description: 'At least one, each once. PREGNANT holds for `need` too.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(6)
  @ArrayUnique()
  reasons: RiskReason[];

  @Field(() => FlagConsentEnum, { description: 'Whoever refused is not flagged to anybody.' })
  consentState: FlagConsent;

  @Field({ description: 'Whether the patient wishes to be contacted. Needed for OUTREACH.' })
  wantsContact: boolean;

  @Field(() => [FlagOpensEnum], { description: 'What it opens: one, or both.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  opens: FlagOpens[];

  @Field(() => MedicationEnum, {
    nullable: true,
    description: 'Begun in hospital. Counts among the current medications of `need`.',
  })
  @IsOptional()
  medicationStarted?: Medication | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the patient leaves, or left: the clocks of outreach run from it. Of the past week or the next 90 days; absent: now.',
  })
  @IsOptional()
  dischargeAt?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'The patient agreed in writing that the hospital learns whether they were reached. False: they do not, or not any more, and earlier flags of them by your hospital tell it no more either. Left out: not asked; what they agreed to before holds for those.',
  })
  @IsOptional()
  mayTellBack?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where the patient lives: FIPS code. Needed for OUTREACH.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => String, { nullable: true, description: `Where the patient lives, at most ${ADDRESS_LIMIT} characters.` })
  @IsOptional()
  @TextLength(1, ADDRESS_LIMIT)
  address?: string | null;

  @Field(() => NeedInput, { nullable: true, description: 'Needed for REFERRAL.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => NeedInput)
  need?: NeedInput | null;

  @Field(() => [ReferralConsentInput], { defaultValue: [], description: 'Of the referral, at most 10.' })
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ReferralConsentInput)
  consents: ReferralConsentInput[] = [];
}
