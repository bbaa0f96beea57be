import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import { Matches } from 'class-validator';
import {
  prohibitions,
  purposes,
  withheldReasons,
  type ConsentScope,
  type Purpose,
  type Role,
  type Withheld,
} from '../access';
import { Roles } from '../agencies';
import { ConsentScopeEnum } from '../consent';
import { WeighedConsent } from './weighed-consent.type';
import { enumOf, TextLength } from '../platform/graphql';

const PurposeEnum = enumOf('Purpose', purposes, 'Why somebody looks.');
const WithheldReasonEnum = enumOf(
  'WithheldReason',
  withheldReasons,
  'Why a field is null: nothing of it depends on the value that is withheld.',
);
const because = Object.fromEntries(Object.entries(prohibitions).map(([name, { because: why }]) => [name, why]));
const ProhibitionEnum = enumOf(
  'Prohibition',
  because as Record<keyof typeof prohibitions, string>,
  'What no row of the access table overrides.',
);

const name = { pattern: /^[A-Za-z_]\w*$/, message: 'Not a name of the schema.' };

@ArgsType()
export class ExplainAccessArgs {
  @Field(() => String, { description: 'The type of the record, such as `Referral`.' })
  @TextLength(1, 60)
  @Matches(name.pattern, { message: name.message, context: { remedy: 'Send a type of this schema.' } })
  type: string;

  @Field(() => ID, {
    description:
      'Of the record. `ReferralNeed` and `QueueItem` go by the id of their referral, `ConsentRevocation` by that of its consent, `OverdoseReportRevision` by that of its report, `OutreachOverdose`, `OutreachStep` and `OutreachLikeness` by that of their case, `PersonMatch` by that of the person.',
  })
  id: string;

  @Field(() => String, { description: 'The field of the type, such as `arrivedAt`.' })
  @TextLength(1, 60)
  @Matches(name.pattern, { message: name.message, context: { remedy: 'Send a field of that type.' } })
  field: string;

  @Field(() => ID, {
    nullable: true,
    description: 'A member of your agency to explain it for; for privacy officers. Left out: yourself.',
  })
  membershipId?: string | null;
}

@ObjectType({ description: 'One row of the access table that speaks of a field.' })
export class AccessRule {
  @Field(() => String, { description: 'What the actor’s agency must be to the record, such as `SENDER`.' })
  relation: string;

  @Field(() => [Roles], { description: 'The roles it holds for.' })
  roles: readonly Role[];

  @Field(() => [String], { description: 'The classes of fields it opens.' })
  classes: readonly string[];

  @Field(() => ConsentScopeEnum, { nullable: true, description: 'The consent it rests on; null: none.' })
  consent: ConsentScope | null;

  @Field(() => [PurposeEnum], { nullable: true, description: 'The purposes it holds for; null: any of the role.' })
  purposes: readonly Purpose[] | null;

  @Field(() => Boolean, { description: 'Whether it holds only until the record has ended.' })
  isOnlyWhileOpen: boolean;

  @Field(() => [String], { description: 'Fields of its classes that it leaves out.' })
  redacts: readonly string[];

  @Field(() => WithheldReasonEnum, {
    nullable: true,
    description: 'The first of its conditions that fails for this actor and record; null where all hold.',
  })
  failsBy: Withheld | null;
}

@ObjectType({
  description:
    'Which rule and which consent let an actor see a field of a record, or which condition is missing. Says nothing of the value, and the same of a record that is not theirs as of one that does not exist.',
})
export class AccessExplanation {
  @Field(() => String, { description: 'The type that was asked about.' })
  type: string;

  @Field(() => String, { description: 'The field that was asked about.' })
  field: string;

  @Field(() => String, { description: 'What the field is to the policy, such as `CARE`.' })
  fieldClass: string;

  @Field(() => [String], {
    description:
      'What a partner system needs among its scopes for the field, beside what its role, part and consents allow: the type, and the type that the field leads to. Empty: none.',
  })
  scopes: readonly string[];

  @Field(() => Boolean, { description: 'Whether the actor sees the field.' })
  isAllowed: boolean;

  @Field(() => WithheldReasonEnum, { nullable: true, description: 'What is missing; null where nothing is.' })
  reason: Withheld | null;

  @Field(() => AccessRule, { nullable: true, description: 'The rule that opens it; null where none does.' })
  rule: AccessRule | null;

  @Field(() => [AccessRule], { description: 'Every rule that speaks of the field.' })
  considered: readonly AccessRule[];

  @Field(() => ProhibitionEnum, { nullable: true, description: 'The standing prohibition in the way, if any.' })
  prohibition: string | null;

  @Field(() => PurposeEnum, { description: 'The purpose it was weighed for.' })
  purpose: Purpose;

  @Field(() => [String], { description: 'What the actor’s agency is to the record; empty: nothing.' })
  relations: readonly string[];

  @Field(() => [ConsentScopeEnum], {
    description: 'What the person agreed to towards the actor’s agency, in force now.',
  })
  consents: readonly ConsentScope[];

  @Field(() => [WeighedConsent], {
    nullable: true,
    description:
      'The consents that decide: those of the scopes on which the rules that fail by nothing else rest, which speak to the actor’s agency and which you may see. A scope of `consents` without a line here is in force by a consent that another agency keeps.',
  })
  weighedConsents: readonly WeighedConsent[] | null;

  @Field(() => [ConsentScopeEnum], {
    nullable: true,
    description:
      'Scopes on which such a rule rests and of which no consent towards the actor’s agency is on file: none in force, and none, taken back or expired, that the agency may see.',
  })
  consentsNotOnFile: readonly ConsentScope[] | null;

  @Field(() => Boolean, { description: 'Whether it comes from a Part 2 program of another agency (42 CFR part 2).' })
  isFromPart2: boolean;

  @Field(() => Boolean, {
    description:
      'Whether showing it is written to the audit trail, and to the ledger when the words are another agency’s.',
  })
  isAccountedFor: boolean;
}
