import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { ReferralConsentInput } from '../consent';
import type { Pathway, Sex } from '../kernel/vocabulary';
import { NeedInput } from '../matching';
import { CalendarDate, PathwayEnum, SexEnum, TextLength } from '../platform/graphql';

const NAME_LIMIT = 100;

@InputType({
  description:
    'Who the person is, as far as they tell. All of it may be left out; a name is never needed to find a place.',
})
export class PersonInput {
  @Field(() => String, { nullable: true, description: `At most ${NAME_LIMIT} characters.` })
  @IsOptional()
  @TextLength(0, NAME_LIMIT)
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: `At most ${NAME_LIMIT} characters.` })
  @IsOptional()
  @TextLength(0, NAME_LIMIT)
  familyName?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Not in the future. Age is taken from it.' })
  @IsOptional()
  birthDate?: string | null;

  @Field(() => Int, { nullable: true, description: 'Age in completed years, 0 to 120, where no birth date is known.' })
  @IsOptional()
  @Min(0)
  @Max(120)
  ageYears?: number | null;

  @Field(() => SexEnum, { nullable: true })
  @IsOptional()
  sex?: Sex | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the person can be reached: digits, spaces and + - ( ), 7 to 30 characters.',
  })
  @IsOptional()
  @Matches(/^[0-9+()\-. ]{7,30}$/, { context: { remedy: 'Send a telephone number, for example `740-555-0100`.' } })
  phone?: string | null;
}

@InputType({ description: 'A request that a program take a person. Everything but pathway and need may be left out.' })
export class SubmitReferralInput {
  @Field(() => PathwayEnum, {
    description: 'How the person came. Which pathways an agency may use follows from its kind.',
  })
  pathway: Pathway;

  @Field(() => PersonInput, { nullable: true, description: 'Null: nothing is known of who the person is.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonInput)
  person?: PersonInput | null;

  @Field(() => NeedInput)
  @ValidateNested()
  @Type(() => NeedInput)
  need: NeedInput;

  @Field(() => [ReferralConsentInput], { defaultValue: [], description: 'At most 10.' })
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ReferralConsentInput)
  consents: ReferralConsentInput[] = [];

  @Field(() => ID, {
    nullable: true,
    description:
      'Continue an episode your agency knows, instead of taking in a person anew; a closed one is open again. Not while a referral of your agency in it is open as you see it (`progress`). Leave `person` out then.',
  })
  @IsOptional()
  episodeId?: string | null;
}

@InputType({ description: 'A consent that the person signed after the referral was sent.' })
export class RecordConsentInput {
  @Field(() => ID)
  referralId: string;

  @Field(() => ReferralConsentInput)
  @ValidateNested()
  @Type(() => ReferralConsentInput)
  consent: ReferralConsentInput;
}
