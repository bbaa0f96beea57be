import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { BedPool, Program } from '../capacity';
import type { MissingSignal } from './engine/intake';
import type { TermName } from './engine/policy';
import { MatchRuleEnum, MissingSignalEnum, ScoreTermEnum, type RunRule } from './matching.enums';

@ObjectType({ description: 'One view on how good an eligible program is. The score is the sum of value × weight.' })
export class ScoreTerm {
  @Field(() => ScoreTermEnum)
  name: TermName;

  @Field(() => Float, { description: '0 to 1, more is better.' })
  value: number;

  @Field(() => Float, { description: '0 to 1; the weights of one score add up to 1.' })
  weight: number;

  @Field({ description: 'The figures behind it, one English sentence.' })
  because: string;
}

@ObjectType({ description: 'A program that every hard rule lets through, by its best bed pool.' })
export class ProgramMatch {
  @Field(() => Program, { nullable: true })
  program: Program | null;

  @Field(() => BedPool, { nullable: true, description: 'The pool that scored best.' })
  pool: BedPool | null;

  @Field(() => Float, { description: '0 to 1, four decimals. Matches come best first; ties by distance, then id.' })
  score: number;

  @Field(() => Float, { description: 'Kilometres in a straight line.' })
  distanceKm: number;

  @Field(() => [ScoreTerm], { description: 'The score, explained.' })
  terms: ScoreTerm[];

  @Field(() => Float, { description: 'Minutes since the provider attested to the census this match rests on.' })
  censusAgeMinutes: number;
}

@ObjectType({ description: 'How many programs a hard rule stands against. One program may fail several rules.' })
export class RuleCount {
  @Field(() => MatchRuleEnum)
  rule: RunRule;

  @Field(() => Int, { description: 'How many programs within reach the rule stands against.' })
  programs: number;
}

@ObjectType({
  description:
    'Where there is room for a need. Names nobody, promises nothing and keeps nothing: a place is kept only by a referral that was accepted.',
})
export class ProgramMatches {
  @Field(() => [ProgramMatch], { description: 'Best first. Empty with an emergency or with something missing.' })
  matches: ProgramMatch[];

  @Field(() => Int, {
    description:
      'Programs within reach that the rules were put to. A second search, as is `removedByRule`: leave both out where speed matters.',
  })
  considered: number;

  @Field(() => Date, {
    nullable: true,
    description: 'The moment the answer holds for; null when nothing was searched.',
  })
  asOf: Date | null;

  @Field({ description: 'The set of rules and weights in force.' })
  policyVersion: string;

  @Field(() => [RuleCount], { description: 'What removed the others within reach, most pools first.' })
  removedByRule: RuleCount[];

  @Field(() => [MissingSignalEnum], {
    description: 'What has to be asked before anything can be matched, in this order.',
  })
  missing: MissingSignal[];

  @Field(() => String, {
    nullable: true,
    description: 'With a red flag: what to do at once instead of looking for a program. Read it out.',
  })
  emergencyInstruction: string | null;
}
