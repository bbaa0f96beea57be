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

@ObjectType({ description: 'What the danger of another overdose did for one program.' })
export class PreferredProgram {
  @Field(() => Program, { nullable: true })
  program: Program | null;

  @Field(() => Float, {
    description: '0 and more: added to the score. The program with the highest sum is asked first.',
  })
  bonus: number;

  @Field({ description: 'What is looked for in such danger and whether the program has it, one English sentence.' })
  because: string;
}

@ObjectType({
  description:
    'What overdoses did to the order in which programs were asked. They are those that the sending agency reported itself: what others reported of the person has no part in a run. It removes no program and changes no score.',
})
export class OverdosePreference {
  @Field(() => [String], { description: 'What puts the person in danger, English sentences.' })
  because: readonly string[];

  @Field(() => [PreferredProgram], { description: 'In the order to ask them: the first twenty.' })
  programs: readonly PreferredProgram[];
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

  @Field(() => Int, {
    nullable: true,
    description: 'Programs within reach that the rules were put to, as far as `verdicts` tells of them.',
  })
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

  @Field(() => OverdosePreference, {
    nullable: true,
    description:
      'What overdoses that the sending agency reported, or that its team’s roster showed, did to the order; null: none that count. Seen by medics, hospital staff and outreach workers of the sending agency; by coordinators where the person lets them follow (CARE_TO_COORDINATOR).',
  })
  overdosePreference: OverdosePreference | null;
}
