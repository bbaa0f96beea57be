import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Agency } from '../agencies';
import type { AgencyKind } from '../kernel/vocabulary';
import { AgencyKindEnum, always, Steps } from '../platform/graphql';
import { LeaveBehindEnum } from './outreach.enums';
import type { LeaveBehind } from './outreach.words';

@ObjectType({ description: 'An agency in the team of an outreach program.' })
export class OutreachTeamMember {
  @Field(() => Agency, { nullable: true })
  agency: Agency | null;

  @Field(() => Date, { nullable: true, description: 'When it agreed; null: asked, and not in the team yet.' })
  agreedAt: Date | null;
}

@ObjectType({
  description:
    'Who goes to see people after an overdose, where, and by which protocol. Directory facts: open to everyone signed in, no person in them.',
})
@Steps({ create: null, update: always, join: always })
export class OutreachProgram {
  @Field(() => ID)
  id: string;

  @Field({ description: 'As agencies know it, for example `Ross County PORT`.' })
  name: string;

  @Field({ description: 'What is printed and said at a door: tells a stranger nothing.' })
  publicName: string;

  @Field({ description: 'The team’s number, as it is printed.' })
  phone: string;

  @Field({ description: 'IANA time zone its weeks are counted in.' })
  timeZone: string;

  @Field(() => LeaveBehindEnum)
  leaveBehind: LeaveBehind;

  @Field(() => [AgencyKindEnum], {
    description:
      'Kinds of agencies of the team whose people go along on visits; they see whom to visit where, no more.',
  })
  visitorKinds: AgencyKind[];

  @Field({ description: 'Whoever goes wears no uniform and comes in an unmarked car.' })
  isPlainClothes: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'What may be said to whoever opens; null also where words on file would tell a stranger why somebody came.',
  })
  doorWords: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Hours after an overdose by which somebody is to have tried; null: the clock OUTREACH_VISIT, 72.',
  })
  dueHours: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Hours after an overdose at which a case ends by itself; null: the clock OUTREACH_STOP, 168.',
  })
  stopHours: number | null;

  @Field({ description: 'False: it works no more; its records stay.' })
  isActive: boolean;

  @Field(() => Agency, { nullable: true, description: 'The lead.' })
  agency: Agency | null;

  @Field(() => [String], { description: 'FIPS codes of the counties it looks after.' })
  countyFips: string[];

  @Field(() => [OutreachTeamMember], {
    description: 'Agencies that work in the team beside the lead, or were asked to.',
  })
  team: OutreachTeamMember[];
}
