import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { ReferralConsentInput } from '../../consent';
import { NeedInput } from '../../matching';
import { PersonInput } from '../../people';
import { enumOf } from '../../platform/graphql';
import type { VisitChannel } from '../engine/vocabulary';
import { VisitChannelEnum } from './outreach-case.enums';

const referringResults = {
  TREATMENT_REQUESTED: 'Asks for treatment',
  WARM_HAND_OFF: 'Is brought to a program by hand',
} as const;
const ReferringResultEnum = enumOf(
  'ReferringResult',
  referringResults,
  'What came of a contact that led to a referral.',
);

@InputType({ description: 'From the door to a program, in one step.' })
export class ReferFromOutreachInput {
  @Field(() => ID, { description: 'A row of the roster of your team.' })
  caseId: string;

  @Field(() => NeedInput)
  @ValidateNested()
  @Type(() => NeedInput)
  need: NeedInput;

  @Field(() => PersonInput, {
    nullable: true,
    description:
      'Left out: who the row is of, with name and number as the roster has them. Needed on a row of a family (FAMILY): who of them asks for treatment.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonInput)
  person?: PersonInput | null;

  @Field(() => [ReferralConsentInput], { defaultValue: [], description: 'At most 10.' })
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ReferralConsentInput)
  consents: ReferralConsentInput[] = [];

  @Field(() => VisitChannelEnum, { defaultValue: 'VISIT' })
  channel: VisitChannel = 'VISIT';

  @Field(() => ReferringResultEnum, { defaultValue: 'TREATMENT_REQUESTED' })
  result: keyof typeof referringResults = 'TREATMENT_REQUESTED';
}
