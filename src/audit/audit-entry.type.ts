import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Role } from '../access';
import type { AuditKind } from '../platform/audit/audit-entry';
import { AuditDetails } from './audit.scalars';
import { AuditActorKindEnum, AuditKindEnum, type auditActorKinds } from './audit.enums';

@ObjectType({
  description:
    'One entry of the audit trail of your agency: who did, was refused or saw what. Ids and codes only, written in the transaction of the act, never changed.',
})
export class AuditEntry {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The same on every entry of one decision: a command has an entry for each record it touched.',
  })
  decisionId: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was decided, by the database’s clock.' })
  at: Date | null;

  @Field(() => AuditKindEnum, { nullable: true, description: 'Done, refused, or shown.' })
  kind: AuditKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was done, such as `offer.accepted`; of a refusal or a reading, the operation that was called.',
  })
  action: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused: a RefusalCode. Null unless it was.' })
  refusal: string | null;

  @Field(() => AuditActorKindEnum, { nullable: true, description: 'A person, a partner system, or Handrail itself.' })
  actorKind: keyof typeof auditActorKinds | null;

  @Field(() => ID, { nullable: true, description: 'The account of the person or the partner system.' })
  actorId: string | null;

  @Field(() => String, { nullable: true, description: 'The role in which it was done, such as `OFFICER`.' })
  role: Role | null;

  @Field(() => String, { nullable: true, description: 'Type of the record it was about; null where none was named.' })
  subjectType: string | null;

  @Field(() => ID, { nullable: true, description: 'The record it was about; null where none was named.' })
  subjectId: string | null;

  @Field(() => AuditDetails, { nullable: true, description: 'Further ids and codes; empty when there are none.' })
  details: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'The purpose of use that was given, as a code; null without one.',
  })
  purpose: string | null;

  @Field(() => String, { nullable: true, description: 'The request, as its answer’s `x-request-id` named it.' })
  requestId: string | null;
}
