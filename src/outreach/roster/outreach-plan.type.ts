import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Max, Min } from 'class-validator';
import { CalendarDate } from '../../platform/graphql';
import { IsMonday } from './is-monday';
import { OutreachCase } from './outreach-case.type';

@ObjectType({ description: 'A stop on the way of a day.' })
export class OutreachStop {
  @Field(() => Int, { description: 'From 1.' })
  position: number;

  @Field(() => Float, { description: 'Miles from the stop before, in a straight line.' })
  miles: number;

  @Field(() => OutreachCase, { nullable: true, description: 'Whom to visit there.' })
  case: OutreachCase | null;
}

@ObjectType({ description: 'Whom a team goes to see on a day, in a good order from where it starts.' })
export class OutreachPlan {
  @Field(() => CalendarDate, { description: 'The day it is for.' })
  day: string;

  @Field(() => Float, { nullable: true, description: 'All of the way, in straight lines.' })
  miles: number | null;

  @Field(() => [OutreachStop], {
    nullable: true,
    description:
      'Who has not been reached, and who asked to be called back by that day (`callBackAt`, for whoever reads it). At most 40 of all: those in most danger (`riskPoints`), then those due first.',
  })
  stops: OutreachStop[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many more are to be seen whose home has a point: in less danger, or due later, than those of `stops`.',
  })
  stopsLeftOut: number | null;

  @Field(() => [OutreachCase], {
    nullable: true,
    description:
      'To be seen too, and nobody has said where on the map: find out with updateOutreachCase. At most 200 of all: those in most danger first.',
  })
  unlocated: OutreachCase[] | null;

  @Field(() => Int, { nullable: true, description: 'How many more of these there are.' })
  unlocatedLeftOut: number | null;

  @Field(() => [OutreachCase], {
    nullable: true,
    description:
      'Nobody goes before it is decided (`heldBecause`): it may be a home that opted out. At most 200 of all, those in most danger first. Empty for whoever is not told why.',
  })
  held: OutreachCase[] | null;

  @Field(() => Int, { nullable: true, description: 'How many more of these there are.' })
  heldLeftOut: number | null;
}

@ObjectType({ description: 'What a team looks at when it meets.' })
export class OutreachMeeting {
  @Field(() => CalendarDate, { description: 'The Monday of the week.' })
  week: string;

  @Field(() => [OutreachCase], {
    nullable: true,
    description: 'The people of the week, ended cases too, those in most danger first; at most 200 of all.',
  })
  people: OutreachCase[] | null;

  @Field(() => Int, { nullable: true, description: 'How many more people the week has.' })
  peopleLeftOut: number | null;

  @Field(() => [OutreachCase], {
    nullable: true,
    description: 'Of any week: open, and due within a day or overdue, those in most danger first; at most 200 of all.',
  })
  due: OutreachCase[] | null;

  @Field(() => Int, { nullable: true, description: 'How many more are due.' })
  dueLeftOut: number | null;

  @Field(() => [OutreachCase], {
    nullable: true,
    description:
      'Of any week: changed since the moment asked for, those due first; at most 200. Also the receipt of a case that your team handed over, once the other team has said that it has it (`acknowledgedAt`, `program`, and nothing more). Without what may not be told to have changed (`changedAt`).',
  })
  changed: OutreachCase[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many more have changed. To see all, ask `outreachRoster` with `changedSince`, or of a later moment.',
  })
  changedLeftOut: number | null;
}

@ArgsType()
export class OutreachPlanArgs {
  @Field(() => ID, { description: 'A program in whose team your agency works.' })
  programId: string;

  @Field(() => CalendarDate, { description: 'By the calendar of the program.' })
  day: string;

  @Field(() => Float, { description: 'Where the team starts: degrees north, WGS 84.' })
  @Min(-90)
  @Max(90)
  latitude: number;

  @Field(() => Float, { description: 'Where the team starts: degrees east, WGS 84.' })
  @Min(-180)
  @Max(180)
  longitude: number;
}

@ArgsType()
export class OutreachMeetingArgs {
  @Field(() => ID, { description: 'A program in whose team your agency works.' })
  programId: string;

  @Field(() => CalendarDate, { description: 'The Monday of the week; another day is refused.' })
  @IsMonday()
  week: string;

  @Field(() => Date, { description: 'When the team met last.' })
  since: Date;
}
