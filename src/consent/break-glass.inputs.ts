import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional, MaxLength } from 'class-validator';
import { CalendarDate, ConnectionArgs, TextLength } from '../platform/graphql';
import {
  EmergencyGroundEnum,
  EmergencyNatureEnum,
  ReviewFindingEnum,
  ReviewStateEnum,
  type ReviewState,
} from './break-glass.enums';
import type { EmergencyGround, EmergencyNature, ReviewFinding } from './engine/emergency';

const NAME_LIMIT = 200;
const PHONE_LIMIT = 40;

@InputType({
  description:
    'Documentation of a medical emergency (42 CFR 2.51(c)), and one exact way to find the person: a referral, a telephone number, or full name with birth date. Name and affiliation of the medical personnel and the time are taken from the sign-in and the clock.',
})
export class BreakGlassInput {
  @Field(() => ID, { nullable: true, description: 'A referral of the person, where you hold its id.' })
  @IsOptional()
  referralId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The person’s telephone number with area code, however it is written. At most ${PHONE_LIMIT} characters.`,
  })
  @IsOptional()
  @MaxLength(PHONE_LIMIT)
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `With family name and birth date. Capital letters do not matter. At most ${NAME_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(1, NAME_LIMIT)
  givenName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `With given name and birth date. Capital letters do not matter. At most ${NAME_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(1, NAME_LIMIT)
  familyName?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'With given and family name.' })
  @IsOptional()
  birthDate?: string | null;

  @Field(() => EmergencyNatureEnum, {
    nullable: true,
    description: 'The nature of the emergency, 2.51(c)(4). Required: EMERGENCY_INCOMPLETE without it.',
  })
  @IsOptional()
  nature?: EmergencyNature | null;

  @Field(() => EmergencyGroundEnum, {
    nullable: true,
    description: 'What you attest to, 2.51(a)(1). Required: EMERGENCY_INCOMPLETE without it.',
  })
  @IsOptional()
  ground?: EmergencyGround | null;

  @Field(() => String, {
    nullable: true,
    description: `The name of the individual making the disclosure, 2.51(c)(2): who told you or looked it up; your own name where you look it up yourself. Required: EMERGENCY_INCOMPLETE without it. At most ${NAME_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(1, NAME_LIMIT)
  discloser?: string | null;
}

@InputType({ description: 'The emergency is over before its time.' })
export class EndBreakGlassInput {
  @Field(() => ID, { description: 'One that your agency opened.' })
  breakGlassId: string;
}

@InputType({ description: 'What a privacy officer found.' })
export class ReviewBreakGlassInput {
  @Field(() => ID, { description: 'From `breakGlassReviews`.' })
  reviewId: string;

  @Field(() => ReviewFindingEnum, {
    description: 'NEEDS_FOLLOW_UP may be followed by one other finding; the others stand.',
  })
  finding: ReviewFinding;
}

@ArgsType()
export class BreakGlassReviewsArgs extends ConnectionArgs {
  @Field(() => ReviewStateEnum, { nullable: true, description: 'Only those; all if left out.' })
  @IsOptional()
  state?: ReviewState | null;
}
