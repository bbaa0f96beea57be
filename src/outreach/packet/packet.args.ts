import { ArgsType, Field, Float, ID, Int } from '@nestjs/graphql';
import { IsOptional, Max, Min } from 'class-validator';
import { HelpLanguageEnum, type HelpLanguage } from '../../resources';
import { CountyFips } from '../../platform/graphql';

const DEFAULT_MILES = 25;
const MILES_LIMIT = 100;

/** Where the packet is for. Nothing of it is kept. */
@ArgsType()
export class PacketArgs {
  @Field(() => ID, { description: 'The outreach program whose packet it is; see `outreachPrograms(countyFips)`.' })
  programId: string;

  @Field(() => HelpLanguageEnum, { defaultValue: 'en', description: 'The language of the person.' })
  language: HelpLanguage = 'en';

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84. With `longitude`. Is not kept.' })
  @IsOptional()
  @Min(-85)
  @Max(85)
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84. With `latitude`. Is not kept.' })
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

  @Field(() => Int, { defaultValue: DEFAULT_MILES, description: `How far around, 1 to ${MILES_LIMIT}.` })
  @Min(1)
  @Max(MILES_LIMIT)
  withinMiles: number = DEFAULT_MILES;
}
