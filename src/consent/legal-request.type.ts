import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import { LegalDecisionEnum, LegalIssuerEnum, LegalRequestKindEnum } from './accounting.enums';
import type { LegalDecision, LegalIssuer, LegalRequestKind } from './engine/legal-requests';

@ObjectType({
  description:
    'A subpoena, an order, a warrant or a request of the police came to the privacy officer (42 CFR part 2, subpart E). Nothing in Handrail is opened by it: there is no query and no export that serves it.',
})
@Steps({ record: null })
export class LegalRequest {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => LegalRequestKindEnum, { nullable: true, description: 'What came.' })
  kind: LegalRequestKind;

  @Field(() => LegalIssuerEnum, { nullable: true, description: 'Who issued it.' })
  issuer: LegalIssuer;

  @Field(() => Date, { nullable: true, description: 'When it came.' })
  receivedAt: Date;

  @Field(() => LegalDecisionEnum, { nullable: true, description: 'What was decided.' })
  decision: LegalDecision;

  @Field(() => Date, { nullable: true, description: 'When it was recorded.' })
  recordedAt: Date;

  @Field(() => ID, { nullable: true, description: 'The account of the privacy officer.' })
  recordedBy: string;
}
