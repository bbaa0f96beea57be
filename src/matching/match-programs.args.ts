import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, Max, Min, ValidateNested } from 'class-validator';
import type { Pathway, Sex } from '../kernel/vocabulary';
import { PathwayEnum, SexEnum } from '../platform/graphql';
import { NeedInput } from './need.input';

@InputType({
  description:
    'A need without a person: no name, no birth date, no address. Nothing of it is kept. Send coordinates of a public place nearby or a county rather than of a home.',
})
export class MatchNeedInput extends NeedInput {
  @Field(() => PathwayEnum, { description: 'How a referral would come. Some programs take some sources only.' })
  pathway: Pathway;

  @Field(() => Int, { nullable: true, description: 'Age in completed years, 0 to 120. Null: not known.' })
  @IsOptional()
  @Min(0)
  @Max(120)
  ageYears?: number | null;

  @Field(() => SexEnum, { nullable: true, description: 'Null: not known; removes no program.' })
  @IsOptional()
  sex?: Sex | null;
}

const DEFAULT_MATCHES = 10;
const MATCH_LIMIT = 50;

@ArgsType()
export class MatchProgramsArgs {
  @Field(() => MatchNeedInput)
  @ValidateNested()
  @Type(() => MatchNeedInput)
  need: MatchNeedInput;

  @Field(() => Int, { defaultValue: DEFAULT_MATCHES, description: `How many programs, 1 to ${String(MATCH_LIMIT)}.` })
  @Min(1)
  @Max(MATCH_LIMIT)
  first: number = DEFAULT_MATCHES;
}
