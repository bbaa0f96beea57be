import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsIn, IsOptional, Matches, Max, Min } from 'class-validator';
import type { AgencyKind } from '../kernel/vocabulary';
import { CountyFips, AgencyKindEnum, ConnectionArgs, TextLength } from '../platform/graphql';
import { LeaveBehindEnum } from './outreach.enums';
import type { LeaveBehind } from './outreach.words';

const PHONE = /^[+(]?\d[\d ().-]{1,30}( x\d{1,6})?$/;
const AREA_LIMIT = 100;
const TEAM_LIMIT = 20;
const HOURS_LIMIT = 2400;
const visitors = ['OUTREACH_TEAM', 'LAW_ENFORCEMENT', 'EMS', 'HOSPITAL', 'TREATMENT_PROVIDER'] as const;
const phoneRule = {
  message: 'The telephone number cannot be read.',
  context: { remedy: 'Send for example 740-555-0100.' },
};
const visitorRule = {
  message: 'People of agencies of this kind do not go along.',
  context: { remedy: `Send any of: ${visitors.join(', ')}.` },
};

@InputType({
  description: 'A new outreach program, led by your agency. Everything but its names and number has a default.',
})
export class CreateOutreachProgramInput {
  @Field({ description: 'As agencies know it, 1 to 200 characters.' })
  @TextLength(1, 200)
  name: string;

  @Field({
    description:
      'What is printed and said at a door, 1 to 60 characters. Refused where a word would tell a stranger why somebody came.',
  })
  @TextLength(1, 60)
  publicName: string;

  @Field({ description: 'The team’s number, as it is printed.' })
  @Matches(PHONE, phoneRule)
  phone: string;

  @Field(() => [String], { description: `FIPS codes of the counties it looks after, 1 to ${AREA_LIMIT}.` })
  @ArrayMaxSize(AREA_LIMIT)
  @ArrayUnique()
  @CountyFips({ each: true })
  countyFips: string[];

  @Field(() => LeaveBehindEnum, { defaultValue: 'CONTACT_ONLY' })
  leaveBehind: LeaveBehind = 'CONTACT_ONLY';

  @Field(() => [AgencyKindEnum], { defaultValue: ['OUTREACH_TEAM'], description: 'Whose people go along on visits.' })
  @ArrayUnique()
  @IsIn(visitors, { each: true, ...visitorRule })
  visitorKinds: AgencyKind[] = ['OUTREACH_TEAM'];

  @Field({ description: 'True: whoever visits wears no uniform.', defaultValue: true })
  isPlainClothes: boolean = true;

  @Field(() => String, { nullable: true, description: 'What may be said to whoever opens, at most 300 characters.' })
  @IsOptional()
  @TextLength(1, 300)
  doorWords?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Hours after an overdose by which somebody is to have tried, 1 to ${HOURS_LIMIT}. Null: the clock says it.`,
  })
  @IsOptional()
  @Min(1)
  @Max(HOURS_LIMIT)
  dueHours?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Hours after an overdose at which a case ends by itself, 1 to ${HOURS_LIMIT}, not before dueHours. Null: the clock says it.`,
  })
  @IsOptional()
  @Min(1)
  @Max(HOURS_LIMIT)
  stopHours?: number | null;

  @Field(() => [ID], {
    defaultValue: [],
    description: `Agencies asked into the team, at most ${TEAM_LIMIT}. Each joins with \`joinOutreachTeam\`.`,
  })
  @ArrayMaxSize(TEAM_LIMIT)
  @ArrayUnique()
  teamAgencyIds: string[] = [];
}

@InputType({ description: 'What is to change. What is left out stays as it is; at least one change must be named.' })
export class UpdateOutreachProgramInput {
  @Field(() => ID, { description: 'A program your agency leads.' })
  id: string;

  @Field(() => String, { description: 'Name among the agencies. Left out: as it is.', nullable: true })
  @IsOptional()
  @TextLength(1, 200)
  name?: string | null;

  @Field(() => String, {
    description: 'Name that may stand on the outside of a packet. Left out: as it is.',
    nullable: true,
  })
  @IsOptional()
  @TextLength(1, 60)
  publicName?: string | null;

  @Field(() => String, { description: 'Number to print on packets. Left out: as it is.', nullable: true })
  @IsOptional()
  @Matches(PHONE, phoneRule)
  phone?: string | null;

  @Field(() => [String], { nullable: true, description: 'All counties from now on: the list replaces the old one.' })
  @IsOptional()
  @ArrayMaxSize(AREA_LIMIT)
  @ArrayUnique()
  @CountyFips({ each: true })
  countyFips?: string[] | null;

  @Field(() => LeaveBehindEnum, { nullable: true })
  @IsOptional()
  leaveBehind?: LeaveBehind | null;

  @Field(() => [AgencyKindEnum], { description: 'Who goes, in no order. Left out: as it is.', nullable: true })
  @IsOptional()
  @ArrayUnique()
  @IsIn(visitors, { each: true, ...visitorRule })
  visitorKinds?: AgencyKind[] | null;

  @Field(() => Boolean, { description: 'True: whoever visits wears no uniform. Left out: as it is.', nullable: true })
  @IsOptional()
  isPlainClothes?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Null takes the words away.' })
  @IsOptional()
  @TextLength(1, 300)
  doorWords?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Hours after an overdose by which somebody is to have tried, 1 to ${HOURS_LIMIT}. Null: the clock says it. Left out: as it is.`,
  })
  @IsOptional()
  @Min(1)
  @Max(HOURS_LIMIT)
  dueHours?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Hours after an overdose at which a case ends by itself, 1 to ${HOURS_LIMIT}, not before dueHours. Null: the clock says it. Left out: as it is.`,
  })
  @IsOptional()
  @Min(1)
  @Max(HOURS_LIMIT)
  stopHours?: number | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All agencies of the team beside yours: who is not named is out, who is new is asked.',
  })
  @IsOptional()
  @ArrayMaxSize(TEAM_LIMIT)
  @ArrayUnique()
  teamAgencyIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False: it takes no new rows; those it has stay until they end.',
  })
  @IsOptional()
  isActive?: boolean | null;
}

@InputType({ description: 'Whether your agency works in the team of an outreach program.' })
export class JoinOutreachTeamInput {
  @Field(() => ID, { description: 'A program that asked your agency.' })
  programId: string;

  @Field({ defaultValue: true, description: 'False: leaves the team, or declines to join.' })
  isMember: boolean = true;
}

@ArgsType()
export class OutreachProgramsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: 'The one that looks after this county: FIPS code.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;
}
