import { Field, InputType, Int } from '@nestjs/graphql';
import { IsOptional, Matches, Max, Min } from 'class-validator';
import type { Race, Sex } from '../kernel/vocabulary';
import { CalendarDate, RaceEnum, SexEnum, TextLength } from '../platform/graphql';

const NAME_LIMIT = 100;

@InputType({
  description:
    'Who the person is, as far as they tell. All of it may be left out; a name is never needed to find a place.',
})
export class PersonInput {
  @Field(() => String, { nullable: true, description: `At most ${NAME_LIMIT} characters.` })
  @IsOptional()
  @TextLength(0, NAME_LIMIT)
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: `At most ${NAME_LIMIT} characters.` })
  @IsOptional()
  @TextLength(0, NAME_LIMIT)
  familyName?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Not in the future. Age is taken from it.' })
  @IsOptional()
  birthDate?: string | null;

  @Field(() => Int, { nullable: true, description: 'Age in completed years, 0 to 120, where no birth date is known.' })
  @IsOptional()
  @Min(0)
  @Max(120)
  ageYears?: number | null;

  @Field(() => SexEnum, { nullable: true })
  @IsOptional()
  sex?: Sex | null;

  @Field(() => RaceEnum, {
    nullable: true,
    description:
      'As the person tells it, or as the agency has it on file. Counted in reports, and shown to nobody again.',
  })
  @IsOptional()
  race?: Race | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the person can be reached: digits, spaces and + - ( ), 7 to 30 characters.',
  })
  @IsOptional()
  @Matches(/^[0-9+()\-. ]{7,30}$/, { context: { remedy: 'Send a telephone number, for example `740-555-0100`.' } })
  phone?: string | null;
}
