import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { ConnectionArgs } from '../platform/graphql';
import {
  AccountingSourceEnum,
  AccountingStateEnum,
  LegalDecisionEnum,
  LegalIssuerEnum,
  LegalRequestKindEnum,
  type AccountingSource,
  type AccountingState,
} from './accounting.enums';
import type { LegalDecision, LegalIssuer, LegalRequestKind } from './engine/legal-requests';

@InputType({ description: 'A person asks who was told of them.' })
export class RequestAccountingInput {
  @Field(() => ID, { description: 'A person your agency knows.' })
  personId: string;

  @Field(() => AccountingSourceEnum, { defaultValue: 'OWN_AGENCY' })
  source: AccountingSource = 'OWN_AGENCY';
}

@InputType({ description: 'The person has been answered.' })
export class AnswerAccountingInput {
  @Field(() => ID, { description: 'From `accountingRequests`.' })
  accountingRequestId: string;
}

@ArgsType()
export class AccountingRequestsArgs extends ConnectionArgs {
  @Field(() => AccountingStateEnum, { nullable: true, description: 'Only those; all if left out.' })
  @IsOptional()
  state?: AccountingState | null;
}

@ArgsType()
export class AccountingOfDisclosuresArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'From `accountingRequests`.' })
  accountingRequestId: string;
}

@InputType({
  description:
    'A request by way of law. No person, no case and no text: that belongs into the agency’s own file, and Handrail keeps no criminal-justice information.',
})
export class RecordLegalRequestInput {
  @Field(() => LegalRequestKindEnum)
  kind: LegalRequestKind;

  @Field(() => LegalIssuerEnum)
  issuer: LegalIssuer;

  @Field(() => Date, { description: 'When it came; not in the future.' })
  receivedAt: Date;

  @Field(() => LegalDecisionEnum, { description: 'Which are possible follows from the kind.' })
  decision: LegalDecision;
}
