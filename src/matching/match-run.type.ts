import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Program } from '../capacity';
import { MatchRuleEnum, type RunRule } from './matching.enums';
import { ScoreTerm } from './program-matches.type';

@ObjectType({ description: 'A hard rule that stands against a program.' })
export class RuleFinding {
  @Field(() => MatchRuleEnum)
  rule: RunRule;

  @Field({ description: 'The facts on both sides, one English sentence.' })
  because: string;
}

@ObjectType({ description: 'What a run said of one program, by the bed pool that came closest.' })
export class Verdict {
  @Field(() => Program, { nullable: true })
  program: Program | null;

  @Field({ description: 'Every hard rule was met.' })
  isEligible: boolean;

  @Field(() => Float, { nullable: true, description: '0 to 1; null when removed.' })
  score: number | null;

  @Field(() => Float, { nullable: true, description: 'Kilometres in a straight line; null: the place is not known.' })
  distanceKm: number | null;

  @Field(() => [RuleFinding], { description: 'Every rule that was not met; empty exactly when eligible.' })
  removedBy: RuleFinding[];

  @Field(() => [ScoreTerm], { description: 'The score, explained; empty when removed.' })
  terms: ScoreTerm[];
}

@ObjectType({
  description:
    'One search for a referral, kept as it was made: which rules removed which program, how the others scored, how old the data was. Seen by the sending side inside health care and outreach and by its coordinator.',
})
export class MatchRun {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was made.' })
  asOf: Date | null;

  @Field(() => String, { nullable: true, description: 'The set of rules and weights that was in force.' })
  policyVersion: string | null;

  @Field(() => Int, { nullable: true, description: 'Programs within reach that the rules were put to.' })
  considered: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Programs that every rule let through and that were not asked before.',
  })
  eligible: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Pools within reach that were not judged because there were too many; 0 nearly always.',
  })
  leftOut: number | null;

  @Field(() => Date, { nullable: true, description: 'The oldest census that an eligible verdict rests on.' })
  oldestCensusAt: Date | null;
}
