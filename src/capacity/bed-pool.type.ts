import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LevelOfCare, Sex } from '../kernel/vocabulary';
import { LevelOfCareEnum, SexEnum, always, Steps } from '../platform/graphql';
import { CensusSourceEnum, type CensusSource } from './capacity.enums';

@ObjectType({
  description:
    'A program’s places of one sort. `available = staffed − occupied − held`, never negative, and only as good as the census is fresh: read `isFresh` with it.',
})
@Steps<{ readonly isActive: boolean }>({ create: null, update: always, postCensus: ({ isActive }) => isActive })
export class BedPool {
  @Field(() => ID)
  id: string;

  @Field({ description: 'As the provider calls it, at most 200 characters, once per program.' })
  name: string;

  @Field(() => LevelOfCareEnum)
  levelOfCare: LevelOfCare;

  @Field(() => [SexEnum], { description: 'Sexes admitted to these places.' })
  sexes: Sex[];

  @Field(() => Int, { nullable: true, description: 'Completed years, included; null: no limit.' })
  minAge: number | null;

  @Field(() => Int, { nullable: true, description: 'Completed years, included; null: no limit.' })
  maxAge: number | null;

  @Field(() => Int, { description: 'Places with staff, by the last census.' })
  staffed: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Places taken: the last census, with the admissions and discharges since. For the provider’s own staff and admin and for coordinators; null for others, to whom it would tell of an admission.',
  })
  occupied: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Places kept for referrals on their way. For those who may read `occupied`; null for others.',
  })
  held: number;

  @Field(() => Int, {
    description: 'staffed − occupied − held, never negative. An admission to a held place does not change it.',
  })
  available: number;

  @Field(() => Date, { nullable: true, description: 'When the last census was posted; null: never.' })
  attestedAt: Date | null;

  @Field(() => CensusSourceEnum, { nullable: true, description: 'Where the last census came from.' })
  attestedSource: CensusSource | null;

  @Field(() => Date, {
    nullable: true,
    description: '`attestedAt` plus the program’s freshness contract; null: no census yet.',
  })
  freshUntil: Date | null;

  @Field({
    description:
      'The last census still counts, by the database’s clock. When false nothing is routed here automatically.',
  })
  isFresh: boolean;

  @Field({ description: 'False: closed to new referrals.' })
  isActive: boolean;
}
