import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { CalendarDate } from '../platform/graphql';
import type { Grade } from './engine/vocabulary';
import { SchoolGradeEnum } from './notice.enums';

const OLDEST = 21;
const BELLS = 20;
const SPANS = 60;
const DAYS = 120;
const bellRule = { each: true, context: { remedy: 'Send local times as HH:MM, for example 08:05.' } };

@InputType({
  description:
    'One child, one school: send siblings one by one. There is no field for what happened, and none for words.',
})
export class SendHandleWithCareInput {
  @Field(() => ID, { description: 'The agency of the child’s school.' })
  schoolId: string;

  @Field({
    description:
      'A name and nothing else: letters, spaces and ’ - . at most 80 characters and eight words. Refused: INVALID_INPUT for words that tell what happened.',
  })
  @Matches(/^[\p{L}\p{M}'’. -]{1,80}$/u, { context: { remedy: 'Send the child’s name and nothing else.' } })
  childName: string;

  @Field(() => Int, { nullable: true, description: `In years, 0 to ${OLDEST}; or the grade.` })
  @IsOptional()
  @Min(0)
  @Max(OLDEST)
  ageYears?: number | null;

  @Field(() => SchoolGradeEnum, { nullable: true, description: 'Or the age.' })
  @IsOptional()
  grade?: Grade | null;
}

@InputType({ description: 'The bells of one weekday.' })
export class WeekdayBellsInput {
  @Field(() => Int, { description: '1 = Monday … 7 = Sunday.' })
  @Min(1)
  @Max(7)
  weekday: number;

  @Field(() => [String], { description: `Local times as HH:MM, at most ${BELLS}.` })
  @ArrayMaxSize(BELLS)
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, bellRule)
  bells: string[];
}

@InputType({ description: 'A vacation or another span without school, both ends included.' })
export class ClosedSpanInput {
  @Field(() => CalendarDate, { description: 'First day.' })
  from: string;

  @Field(() => CalendarDate, { description: 'Last day.' })
  to: string;
}

@InputType({ description: 'A day that rings otherwise.' })
export class DayBellsInput {
  @Field(() => CalendarDate, { description: 'The day.' })
  date: string;

  @Field(() => [String], { description: `Local times as HH:MM, at most ${BELLS}; empty: no school.` })
  @ArrayMaxSize(BELLS)
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, bellRule)
  bells: string[];
}

@InputType({
  description:
    'When your school rings. Takes the place of what was set before, and moves the deadlines of notices that wait for a bell.',
})
export class SetSchoolCalendarInput {
  @Field(() => [WeekdayBellsInput], {
    description: 'A weekday that is left out has no school. At least one has a bell. At most 7.',
  })
  @ArrayMaxSize(7)
  @ValidateNested({ each: true })
  @Type(() => WeekdayBellsInput)
  weekly: WeekdayBellsInput[];

  @Field(() => [ClosedSpanInput], { defaultValue: [], description: `At most ${SPANS}.` })
  @ArrayMaxSize(SPANS)
  @ValidateNested({ each: true })
  @Type(() => ClosedSpanInput)
  closed: ClosedSpanInput[] = [];

  @Field(() => [DayBellsInput], { defaultValue: [], description: `At most ${DAYS}.` })
  @ArrayMaxSize(DAYS)
  @ValidateNested({ each: true })
  @Type(() => DayBellsInput)
  days: DayBellsInput[] = [];
}
