import { Field, ID, ObjectType } from '@nestjs/graphql';
import { County } from '../agencies';
import { MatchRuleEnum, type RunRule } from './matching.enums';

@ObjectType({
  description:
    'A search that left nobody, with the rules that removed the last programs. Open until a place is found or the referral ends.',
})
export class UnmetNeed {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => Date, { nullable: true, description: 'When nobody was found first.' })
  at: Date | null;

  @Field(() => [MatchRuleEnum], {
    nullable: true,
    description:
      'The rules in the way of the programs that came closest, most pools first: what would have to change first. To whom the offers of the referral are withheld, without ALREADY_ASKED and LASTING_DECLINE; empty where nothing else stands in the way.',
  })
  rules: RunRule[] | null;

  @Field(() => County, { nullable: true, description: 'The county the need arose in; null: not known.' })
  county: County | null;

  @Field(() => Date, { nullable: true, description: 'Null while it is open.' })
  resolvedAt: Date | null;
}
