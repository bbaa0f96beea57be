import { ArgsType, Field, Float, Int } from '@nestjs/graphql';
import { IsOptional, Matches, Max, Min } from 'class-validator';
import { CountyFips, CalendarDate } from '../platform/graphql';

export const DEFAULT_MILES = 15;
const MILES_LIMIT = 100;
const DEFAULT_TIMES = 20;
const TIMES_LIMIT = 100;

/** A place, a distance and a week. */
@ArgsType()
export class MeetingsNearArgs {
  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84. With `longitude`.' })
  @IsOptional()
  @Min(-85)
  @Max(85)
  latitude?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees east, WGS 84 (negative in the Americas). With `latitude`.',
  })
  @IsOptional()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Five-digit FIPS code of a county. Its centroid is taken where no coordinates are sent.',
  })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => Int, { defaultValue: DEFAULT_MILES, description: `In a straight line, 1 to ${MILES_LIMIT}.` })
  @Min(1)
  @Max(MILES_LIMIT)
  withinMiles: number = DEFAULT_MILES;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'First of the seven days, by the clocks of each place. Null: the seven days from now on.',
  })
  @IsOptional()
  firstDay?: string | null;

  @Field({ defaultValue: true, description: 'Also meetings that are held online only, wherever they are listed.' })
  mayBeOnline: boolean = true;

  @Field(() => String, { nullable: true, description: 'Meetings in this language only: `en`, `es`. Null: all.' })
  @IsOptional()
  @Matches(/^[a-z]{2,3}$/, { context: { remedy: 'Send a language as `en`, `es`, `so`.' } })
  language?: string | null;

  @Field(() => Int, { defaultValue: DEFAULT_TIMES, description: `How many, 1 to ${TIMES_LIMIT}.` })
  @Min(1)
  @Max(TIMES_LIMIT)
  first: number = DEFAULT_TIMES;
}
