import { ArgsType, Field, ID } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import type { AuditKind } from '../platform/audit/audit-entry';
import { ConnectionArgs } from '../platform/graphql';
import { AuditKindEnum } from './audit.enums';

const ACTION = /^[A-Za-z][A-Za-z.-]{0,99}$/;
const actionRule = {
  message: 'An action is letters, dots and hyphens, at most 100.',
  context: { remedy: 'Send one as an entry has it, for example offer.accepted.' },
};

@ArgsType()
export class AuditTrailArgs extends ConnectionArgs {
  @Field(() => ID, { nullable: true, description: 'Entries about this record only.' })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Entries of this account only.' })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Entries of this action only, exactly as an entry has it.' })
  @IsOptional()
  @Matches(ACTION, actionRule)
  action?: string | null;

  @Field(() => AuditKindEnum, { nullable: true, description: 'Entries of this kind only.' })
  kind?: AuditKind | null;

  @Field(() => Date, { nullable: true, description: 'Entries from this moment on.' })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Entries before this moment.' })
  to?: Date | null;
}

@ArgsType()
export class AuditProofsArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'The referral.' })
  referralId: string;
}
