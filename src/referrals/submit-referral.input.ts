import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { ReferralConsentInput } from '../consent';
import type { Pathway } from '../kernel/vocabulary';
import { NeedInput } from '../matching';
import { PersonInput } from '../people';
import { PathwayEnum } from '../platform/graphql';

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

  @Field(() => ID, {
    nullable: true,
    description:
      'A person your agency has on file, for example from `findPersons`: goes on with the open episode of theirs that your agency opened, or opens one. Instead of `person` and `episodeId`.',
  })
  @IsOptional()
  personId?: string | null;
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
