import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { TextLength } from '../../platform/graphql';
import type { InterimResult, InterimServiceKind } from './engine/interim';
import type { ContactOutcome, RemovalReason } from './engine/removal';
import {
  ContactOutcomeEnum,
  ContactWayEnum,
  InterimResultEnum,
  InterimServiceKindEnum,
  RemovalReasonEnum,
} from './waitlist.enums';
import type { ContactWay } from './waitlist-words';

@InputType({ description: 'An interim service given to, or declined by, a person who waits.' })
export class RecordInterimServiceInput {
  @Field(() => ID, { description: 'The referral that waits.' })
  referralId: string;

  @Field(() => InterimServiceKindEnum, { description: 'What was given.' })
  service: InterimServiceKind;

  @Field(() => InterimResultEnum, {
    description: 'NOT_NEEDED goes with HIV_TB_TREATMENT_REFERRAL only; DECLINED counts as made available.',
  })
  result: InterimResult;

  @Field(() => Date, { nullable: true, description: 'Between the request and now; null: now.' })
  @IsOptional()
  givenAt?: Date | null;

  @Field(() => ID, { nullable: true, description: 'The program that gave it; null: none in the directory.' })
  @IsOptional()
  programId?: string | null;
}

@InputType({ description: 'An attempt, just now, to reach a person who waits.' })
export class RecordWaitlistContactInput {
  @Field(() => ID, { description: 'The referral that waits.' })
  referralId: string;

  @Field(() => ContactOutcomeEnum)
  outcome: ContactOutcome;
}

@InputType({ description: 'How a person who waits wants to be reached.' })
export class SetWaitlistContactInput {
  @Field(() => ID, { description: 'The referral that waits.' })
  referralId: string;

  @Field(() => ContactWayEnum)
  way: ContactWay;

  @Field(() => String, {
    nullable: true,
    description:
      'What is needed to do so, for example a number or where they stay; kept sealed. Null: nothing is kept.',
  })
  @IsOptional()
  @TextLength(1, 300)
  detail?: string | null;
}

@InputType({ description: 'A person who waits is taken off the list, which ends the referral.' })
export class RemoveFromWaitlistInput {
  @Field(() => ID, { description: 'The referral that waits.' })
  referralId: string;

  @Field(() => RemovalReasonEnum, {
    description:
      'CANNOT_BE_LOCATED needs three failed attempts over two days since the person was last reached, REFUSED_TREATMENT a contact that says so; a state may ask for more.',
  })
  reason: RemovalReason;
}

@InputType({ description: 'A person who waits agrees to a program farther away than they would go.' })
export class TransferWaitlistEntryInput {
  @Field(() => ID, { description: 'The referral that waits.' })
  referralId: string;

  @Field(() => ID, {
    description: 'Every rule about the person must allow it, within the reasonable distance of the state.',
  })
  programId: string;
}
