import { ArgsType, Field } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import type { Sex } from '../kernel/vocabulary';
import { CalendarDate, ConnectionArgs, SexEnum, TextLength } from '../platform/graphql';

const NAME_LIMIT = 100;

@ArgsType()
export class FindPersonsArgs extends ConnectionArgs {
  @Field(() => String, {
    nullable: true,
    description: `As it is spelled, or nearly. At most ${NAME_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(0, NAME_LIMIT)
  givenName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `As it is spelled, or nearly. At most ${NAME_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(0, NAME_LIMIT)
  familyName?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'As it was told; slips and swapped parts are found.' })
  @IsOptional()
  birthDate?: string | null;

  @Field(() => SexEnum, { nullable: true, description: 'Weighed, and never enough alone.' })
  @IsOptional()
  sex?: Sex | null;

  @Field(() => String, { nullable: true, description: 'Digits, spaces and + - ( ), 7 to 30 characters.' })
  @IsOptional()
  @Matches(/^[0-9+()\-. ]{7,30}$/, { context: { remedy: 'Send a telephone number, for example `740-555-0100`.' } })
  phone?: string | null;
}
