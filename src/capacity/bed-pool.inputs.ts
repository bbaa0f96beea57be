import { ArgsType, Field, ID, InputType, Int, OmitType, PartialType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { LevelOfCare, Sex } from '../kernel/vocabulary';
import { CountyFips, ConnectionArgs, LevelOfCareEnum, SexEnum, TextLength } from '../platform/graphql';
import { CensusSourceEnum, type CensusSource } from './capacity.enums';
import { patterns, stateRule } from './input.rules';

/** More places than any one pool has; keeps a slip of the hand out. */
const MOST_PLACES = 10_000;

@InputType({
  description:
    'New places of one sort in a program of your own agency. They are empty of staff until the first census.',
})
export class CreateBedPoolInput {
  @Field(() => ID, { description: 'The program.' })
  programId: string;

  @Field({ description: 'As you call it, 1 to 200 characters, once per program.' })
  @TextLength(1, 200)
  name: string;

  @Field(() => LevelOfCareEnum)
  levelOfCare: LevelOfCare;

  @Field(() => [SexEnum], { nullable: true, description: 'Sexes admitted; left out: all.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ArrayUnique()
  sexes?: Sex[] | null;

  @Field(() => Int, { nullable: true, description: 'Completed years, included, 0 … 120; null: no limit.' })
  @IsOptional()
  @Min(0)
  @Max(120)
  minAge?: number | null;

  @Field(() => Int, { nullable: true, description: 'Completed years, included, 0 … 120; null: no limit.' })
  @IsOptional()
  @Min(0)
  @Max(120)
  maxAge?: number | null;
}

@InputType({
  description: 'What is to change. What is left out stays. Null takes an age limit away, and means nothing elsewhere.',
})
export class UpdateBedPoolInput extends PartialType(OmitType(CreateBedPoolInput, ['programId'] as const)) {
  @Field(() => ID)
  id: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False closes the pool to new referrals; places that are held stay held.',
  })
  isActive?: boolean | null;
}

@InputType({ description: 'What you count in one pool now.' })
export class PoolCensusInput {
  @Field(() => ID, { description: 'A pool of a program of your own agency; each once in a call.' })
  poolId: string;

  @Field(() => Int, { description: 'Places with staff, 0 … 10,000.' })
  @Min(0)
  @Max(MOST_PLACES)
  staffed: number;

  @Field(() => Int, {
    description: 'Places with a person in them, up to `staffed`. Places held for people on their way are not occupied.',
  })
  @Min(0)
  @Max(MOST_PLACES)
  occupied: number;
}

@InputType({ description: 'A census of several pools of your own agency at once: all of it counts, or none.' })
export class PostCensusInput {
  @Field(() => [PoolCensusInput], { description: '1 to 100 pools, each once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PoolCensusInput)
  pools: PoolCensusInput[];

  @Field(() => CensusSourceEnum)
  source: CensusSource;
}

/** Filters of `bedBoard`; all that are given must hold. */
@ArgsType()
export class BedBoardArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: 'Of programs in this state: USPS code.' })
  @IsOptional()
  @Matches(patterns.state, stateRule)
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'Of programs in this county: five-digit FIPS code.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => LevelOfCareEnum, { nullable: true })
  levelOfCare?: LevelOfCare | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: only pools with `available` above 0, fresh or not.',
  })
  onlyAvailable?: boolean | null;
}

@ArgsType()
export class WatchedBoardArgs {
  @Field(() => [ID], { nullable: true, description: 'Pools of these programs only; up to 100 ids.' })
  @IsOptional()
  @ArrayMaxSize(100)
  programIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Of programs in this state: USPS code.' })
  @IsOptional()
  @Matches(patterns.state, stateRule)
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'Of programs in this county: five-digit FIPS code.' })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => LevelOfCareEnum, { nullable: true, description: 'Of this level of care.' })
  levelOfCare?: LevelOfCare | null;
}
