import { ArgsType, Field, Float, ID, InputType, Int, PartialType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { LevelOfCare, Medication, Pathway, Payer, Service, Substance } from '../kernel/vocabulary';
import {
  CountyFips,
  ConnectionArgs,
  LevelOfCareEnum,
  MedicationEnum,
  PathwayEnum,
  PayerEnum,
  ServiceEnum,
  SubstanceEnum,
  TextLength,
} from '../platform/graphql';
import { AcceptanceModeEnum, ServesOnlyEnum, type AcceptanceMode, type ServesOnly } from './capacity.enums';
import { languageRule, patterns, payersRule, phoneRule, stateRule } from './input.rules';

@InputType({ description: 'A time of the week at which people are taken in, in the program’s time zone.' })
export class IntakeWindowInput {
  @Field(() => Int, { description: '1 = Monday … 7 = Sunday (ISO 8601).' })
  @Min(1)
  @Max(7)
  weekday: number;

  @Field(() => Int, { description: 'Minutes after local midnight, 0 … 1439.' })
  @Min(0)
  @Max(1439)
  opens: number;

  @Field(() => Int, {
    description:
      'Minutes after local midnight of the same weekday, after `opens`, at most 2880; above 1440 it is the next day.',
  })
  @Min(1)
  @Max(2880)
  closes: number;
}

@InputType({ description: 'A new program of your own agency, which must be a TREATMENT_PROVIDER.' })
export class CreateProgramInput {
  @Field({ description: 'As you call it, 1 to 200 characters.' })
  @TextLength(1, 200)
  name: string;

  @Field({ description: 'USPS code, for example `OH`.' })
  @Matches(patterns.state, stateRule)
  state: string;

  @Field({ description: 'Its records are under 42 CFR Part 2. Nobody but you can say so.' })
  part2Program: boolean;

  @Field(() => AcceptanceModeEnum, { defaultValue: 'REVIEW' })
  acceptanceMode: AcceptanceMode;

  @Field(() => Int, {
    defaultValue: 1440,
    description: 'Freshness contract, minutes, 15 … 1440: for so long a census counts. Post one at least as often.',
  })
  @Min(15)
  @Max(1440)
  freshnessMinutes: number;

  @Field(() => String, { nullable: true, description: 'Street address, up to 200 characters.' })
  @IsOptional()
  @TextLength(1, 200)
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 100 characters.' })
  @IsOptional()
  @TextLength(1, 100)
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'ZIP or ZIP+4.' })
  @IsOptional()
  @Matches(patterns.postalCode, { message: 'A ZIP code has five digits, or nine with a hyphen.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Intake telephone.' })
  @IsOptional()
  @Matches(patterns.phone, phoneRule)
  phone?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees north, WGS 84, with `longitude`. Without a place matching passes the program over.',
  })
  @IsOptional()
  @Min(-90)
  @Max(90)
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84: negative in the Americas.' })
  @IsOptional()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'FIPS code of the county; left out, the county of the coordinates.',
  })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA name; left out, the zone that the county or state keeps.' })
  @IsOptional()
  @Length(2, 64)
  timeZone?: string | null;

  @Field(() => [ServiceEnum], {
    nullable: true,
    description: 'Services and special programs it has; left out: none. At most 50.',
  })
  @IsOptional()
  @ArrayMaxSize(50)
  @ArrayUnique()
  services?: Service[] | null;

  @Field(() => [MedicationEnum], {
    nullable: true,
    description: 'Medications for opioid use disorder the program gives.',
  })
  @IsOptional()
  @ArrayMaxSize(10)
  @ArrayUnique()
  medicationsOffered?: Medication[] | null;

  @Field(() => [MedicationEnum], {
    nullable: true,
    description: 'Medications people may stay on that they get elsewhere.',
  })
  @IsOptional()
  @ArrayMaxSize(10)
  @ArrayUnique()
  medicationsAccepted?: Medication[] | null;

  @Field(() => [PayerEnum], {
    description: 'Payers taken, 1 to 20. People with another payer are not sent here; UNINSURED: people without any.',
  })
  @ArrayMinSize(1, payersRule)
  @ArrayMaxSize(20)
  @ArrayUnique()
  payers: Payer[];

  @Field(() => [String], {
    nullable: true,
    description: 'Languages staff treat in, BCP 47 primary subtags; left out: `en`. At most 50.',
  })
  @IsOptional()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(patterns.language, { each: true, ...languageRule })
  languages?: string[] | null;

  @Field(() => [SubstanceEnum], {
    nullable: true,
    description:
      'Substances treated; left out or empty: all. People with opioids, alcohol or benzodiazepines outside this list are not sent here.',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  @ArrayUnique()
  substances?: Substance[] | null;

  @Field(() => ServesOnlyEnum, {
    nullable: true,
    description: 'Only these people are treated, and nobody else is sent here; left out: no such limit.',
  })
  @IsOptional()
  servesOnly?: ServesOnly | null;

  @Field(() => [PathwayEnum], {
    nullable: true,
    description: 'Where referrals are taken from; empty: from everywhere.',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  @ArrayUnique()
  acceptedPathways?: Pathway[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Left out: no.' })
  admitsPregnant?: boolean | null;

  @Field(() => [IntakeWindowInput], {
    nullable: true,
    description: 'When people are taken in, at most 50 windows; empty: around the clock.',
  })
  @IsOptional()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => IntakeWindowInput)
  intakeWindows?: IntakeWindowInput[] | null;
}

@InputType({
  description:
    'What is to change. What is left out stays. Null empties street, city, postalCode, phone, countyFips, latitude, longitude and servesOnly, and means nothing elsewhere.',
})
export class UpdateProgramInput extends PartialType(CreateProgramInput, { omitDefaultValues: true }) {
  @Field(() => ID)
  id: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False closes the program: no referrals, no matching. Places that are held stay held.',
  })
  isActive?: boolean | null;
}

/** Filters of `programs`; all that are given must hold. */
@ArgsType()
export class ProgramsArgs extends ConnectionArgs {
  @Field(() => ID, { nullable: true, description: 'Programs of this agency.' })
  agencyId?: string | null;

  @Field(() => String, { nullable: true, description: 'In this state: USPS code.' })
  @IsOptional()
  @Matches(patterns.state, stateRule)
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'In this county: five-digit FIPS code.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => LevelOfCareEnum, { nullable: true, description: 'With an open pool of this level of care.' })
  levelOfCare?: LevelOfCare | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Active programs only; null for all.' })
  isActive?: boolean | null;
}
