import { Field, ID, ObjectType } from '@nestjs/graphql';
import { byMachine, Steps } from '../platform/graphql';
import {
  LinkDeciderEnum,
  LinkStepEnum,
  MatchStrengthEnum,
  PersonLinkStateEnum,
  AgreementEnum,
} from './person-link.enums';
import type { Agreement } from './linkage/engine/register/agreement';
import type { MatchStrength } from './match-strength';
import type { Decider, LinkStep } from './link-words';
import { personLinkMachine, type PersonLinkState } from './person-link.machine';
import { Person } from './person.type';

@ObjectType({ description: 'How far two records agree in one thing. The values themselves stand with the records.' })
export class PersonEvidence {
  @Field({
    description:
      'What was compared: `givenName`, `familyName`, `birthDate`, `sex`, `phone`, `nameOrder` for names crossed, or `nameSuffix` for Jr. and the like.',
  })
  comparison: string;

  @Field(() => AgreementEnum)
  agreement: Agreement;

  @Field({ description: 'For (above zero) or against one person; ten are a thousand to one.' })
  bits: number;
}

@ObjectType({ description: 'What was decided of a pair at one time.' })
export class PersonLinkDecision {
  @Field({ description: 'When it was decided.' })
  at: Date;

  @Field(() => LinkStepEnum)
  step: LinkStep;

  @Field(() => PersonLinkStateEnum, { description: 'What it has been from then on.' })
  toState: PersonLinkState;

  @Field(() => LinkDeciderEnum, { description: 'Whether Handrail decided, or somebody.' })
  byWhom: Decider;

  @Field({ description: 'Version of the figures it was weighed by.' })
  policyVersion: string;
}

@ObjectType({
  description:
    'Two records that are one person, or may be. Shown to agencies that know both; whether other agencies have a record of the same person is told to nobody.',
})
@Steps<{ readonly state: PersonLinkState }>({
  ...byMachine(personLinkMachine, 'confirm', 'reject', 'split', 'reopen'),
  merge: null,
})
export class PersonLink {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => PersonLinkStateEnum, { nullable: true })
  state: PersonLinkState;

  @Field(() => Person, { nullable: true, description: 'The record that was made first.' })
  person: Person;

  @Field(() => Person, { nullable: true, description: 'The other record.' })
  otherPerson: Person;

  @Field(() => MatchStrengthEnum, {
    nullable: true,
    description: 'How likely the two are one person, as it was weighed.',
  })
  strength: MatchStrength;

  @Field(() => [PersonEvidence], { nullable: true, description: 'What speaks for and against it, field by field.' })
  evidence: PersonEvidence[];

  @Field(() => String, {
    nullable: true,
    description: 'What kept Handrail from linking the two although enough speaks for it, in plain words.',
  })
  conflict: string | null;

  @Field({ nullable: true, description: 'Version of the figures it was weighed by.' })
  policyVersion: string;

  @Field({ nullable: true, description: 'When the pair was first found, or said to be one person.' })
  foundAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null: nobody has decided yet.' })
  decidedAt: Date | null;

  @Field(() => LinkDeciderEnum, { nullable: true, description: 'Null: nobody has decided yet.' })
  decidedBy: Decider | null;

  @Field(() => [PersonLinkDecision], { nullable: true, description: 'All that was decided of it, the first first.' })
  decisions: PersonLinkDecision[];
}

@ObjectType({ description: 'Somebody your agency knows who may be the person you look for.' })
export class PersonMatch {
  @Field(() => Person, { nullable: true })
  person: Person;

  @Field(() => MatchStrengthEnum, { nullable: true })
  strength: MatchStrength;

  @Field(() => [PersonEvidence], { nullable: true, description: 'What speaks for and against it, field by field.' })
  evidence: PersonEvidence[];
}
