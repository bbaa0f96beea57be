import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { ConsentScope } from '../access';
import {
  ConsentKindEnum,
  ConsentScopeEnum,
  consentStandings,
  type ConsentKind,
  type ConsentStanding,
} from '../consent';
import { enumOf } from '../platform/graphql';

const ConsentStandingEnum = enumOf('ConsentStanding', consentStandings, 'How a consent stands now.');

@ObjectType({
  description:
    'A consent that speaks to the actor’s agency and on which a rule rests, once for each scope. Ids and codes only; seen by the agency that recorded it and by the agency it names.',
})
export class WeighedConsent {
  @Field(() => ID, { nullable: true, description: 'Of the `Consent`.' })
  id: string;

  @Field(() => ConsentKindEnum, { nullable: true, description: 'Its sort; null for one from before there were sorts.' })
  kind: ConsentKind | null;

  @Field(() => ConsentScopeEnum, { nullable: true, description: 'What it was signed for.' })
  scope: ConsentScope;

  @Field(() => ConsentStandingEnum, { nullable: true, description: 'How it stands for this scope.' })
  state: ConsentStanding;

  @Field(() => Date, { nullable: true, description: 'Since when: signed, taken back or ended.' })
  since: Date;
}
