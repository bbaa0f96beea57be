import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import type { ConsentScope, Purpose, Role } from '../access';
import { AccountingStateEnum, DisclosureBasisEnum, PurposeEnum, type AccountingState } from './accounting.enums';
import { ConsentScopeEnum } from './consent.enums';
import type { DisclosureBasis } from './engine/accounting';

@ObjectType({
  description:
    'A person asked who was told of them (42 CFR 2.24, 2.25; 45 CFR 164.528). Seen by the privacy officer of the agency that answers, and by the agency that recorded it.',
})
@Steps<{ readonly answeredAt: Date | null }>({ request: null, answer: ({ answeredAt }) => answeredAt === null })
export class AccountingRequest {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => AccountingStateEnum, { nullable: true, description: 'By the database’s clock.' })
  state: AccountingState;

  @Field(() => ID, { nullable: true, description: 'Who asked.' })
  personId: string;

  @Field(() => Date, { nullable: true, description: 'When it was recorded: the clock starts, and the list ends here.' })
  requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Where the list begins: three years before.' })
  coversFrom: Date;

  @Field(() => Date, { nullable: true, description: 'When the answer is overdue: thirty days after.' })
  dueAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was answered; null: not yet.' })
  answeredAt: Date | null;
}

@ObjectType({
  description:
    'One line of an accounting: something of the person was told to another agency. What an agency reads of its own words is no disclosure.',
})
export class AccountedDisclosure {
  @Field(() => ID, { nullable: true, description: 'The id of the line on the disclosure ledger.' })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When.' })
  at: Date;

  @Field(() => String, { nullable: true, description: 'The role of whoever was told, such as `PROVIDER_STAFF`.' })
  role: Role;

  @Field(() => PurposeEnum, { nullable: true, description: 'Why they looked.' })
  purpose: Purpose;

  @Field(() => [String], { nullable: true, description: 'What, in plain words, each once.' })
  what: string[];

  @Field(() => [String], { nullable: true, description: 'The fields that were told, as `Type.field` of this schema.' })
  fields: string[];

  @Field(() => DisclosureBasisEnum, { nullable: true, description: 'On what it rested.' })
  basis: DisclosureBasis;

  @Field(() => [ConsentScopeEnum], {
    nullable: true,
    description: 'The scopes of the consents it rested on; empty: none was needed.',
  })
  consentScopes: ConsentScope[];

  @Field(() => Boolean, { nullable: true, description: 'True when it came from a Part 2 program.' })
  isPart2: boolean;
}
