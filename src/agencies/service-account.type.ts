import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import { Roles, type MemberRole } from './agency.enums';

@ObjectType({ description: 'A partner system that acts for an agency. Shown to its admin and privacy officer.' })
@Steps<{ readonly isActive: boolean }>({ create: null, end: ({ isActive }) => isActive })
export class ServiceAccount {
  @Field(() => ID, { nullable: true, description: 'Of its membership at this agency.' })
  id: string | null;

  @Field(() => Roles, { nullable: true, description: 'The role it acts in.' })
  role: MemberRole | null;

  @Field(() => [String], {
    nullable: true,
    description: 'All it may do below its role, as `Resource:command`, for example `Referral:read`.',
  })
  scopes: string[] | null;

  @Field(() => Date, { nullable: true, description: 'When it was let in.' })
  since: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was put out; null while it may sign in.' })
  endedAt: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False as soon as it was put out, whatever token is still out.',
  })
  isActive: boolean | null;
}
