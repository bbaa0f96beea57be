import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsOptional, Matches } from 'class-validator';
import type { AgencyKind } from '../kernel/vocabulary';
import { CountyFips, AgencyKindEnum, ConnectionArgs, TextLength } from '../platform/graphql';

const STATE = /^[A-Z]{2}$/;
const PHONE = /^[+(]?\d[\d ().-]{5,30}( x\d{1,6})?$/;
/** No state has more counties (Texas: 254). */
const JURISDICTION_LIMIT = 300;

const stateRule = {
  message: 'A state is a USPS code of two capital letters.',
  context: { remedy: 'Send for example OH.' },
};
const phoneRule = {
  message: 'The telephone number cannot be read.',
  context: { remedy: 'Send digits with spaces, dots, hyphens or parentheses, for example (740) 555-0100 x12.' },
};

@InputType({ description: 'A new agency. Its kind is given once and for all.' })
export class CreateAgencyInput {
  @Field(() => AgencyKindEnum, { description: 'Every kind but PLATFORM, of which there is one.' })
  kind: AgencyKind;

  @Field({ description: 'As the agency calls itself, 1 to 200 characters.' })
  @TextLength(1, 200)
  name: string;

  @Field({ description: 'Where its office is: USPS code, for example `OH`.' })
  @Matches(STATE, stateRule)
  state: string;

  @Field(() => String, { nullable: true, description: 'Number for other agencies to call.' })
  @IsOptional()
  @Matches(PHONE, phoneRule)
  phone?: string | null;

  @Field(() => [String], {
    defaultValue: [],
    description: 'FIPS codes of the counties it works in, at most 300, in any state. May be empty.',
  })
  @ArrayMaxSize(JURISDICTION_LIMIT)
  @ArrayUnique()
  @CountyFips({ each: true })
  jurisdictions: string[];
}

@InputType({ description: 'What is to change. What is left out stays as it is; at least one change must be named.' })
export class UpdateAgencyInput {
  @Field(() => ID, { description: 'Your own agency; the operator may name any.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'New name, 1 to 200 characters.' })
  @IsOptional()
  @TextLength(1, 200)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New number; null takes the number away.' })
  @IsOptional()
  @Matches(PHONE, phoneRule)
  phone?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'FIPS codes of all counties it works in from now on, at most 300: the list replaces the old one.',
  })
  @IsOptional()
  @ArrayMaxSize(JURISDICTION_LIMIT)
  @ArrayUnique()
  @CountyFips({ each: true })
  jurisdictions?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'By agreement: the active OUTREACH_TEAM whose coordinator watches the referrals this agency sends. Null ends the agreement.',
  })
  coordinatingAgencyId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'The operator only. False closes the agency: nobody of it can sign in.',
  })
  isActive?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'The operator only, of a closed agency. True: nobody is with its programs any more. Stays there end as DISCHARGED_BY_PROGRAM and whoever ' +
      'had only come goes on to others; nothing of them is shown. False takes the word back for whoever is still held there.',
  })
  isEmptied?: boolean | null;
}

/** Filters of `agencies`; all that are given must hold. */
@ArgsType()
export class AgenciesArgs extends ConnectionArgs {
  @Field(() => AgencyKindEnum, { nullable: true, description: 'Agencies of this kind only.' })
  kind?: AgencyKind | null;

  @Field(() => String, { nullable: true, description: 'Agencies with their office in this state: USPS code.' })
  @IsOptional()
  @Matches(STATE, stateRule)
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'Agencies that work in this county: five-digit FIPS code.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Active agencies only; null for all.' })
  isActive?: boolean | null;
}
