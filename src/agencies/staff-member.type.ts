import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import { Roles, type MemberRole } from './agency.enums';

type Member = Readonly<Record<'isActive' | 'isLastAdmin', boolean>>;
const mayGo = ({ isActive, isLastAdmin }: Member): boolean => isActive && !isLastAdmin;

@ObjectType({
  description:
    'One role of one person at an agency. Shown to its admin and privacy officer; to whoever else may only add one, fields but the id are null.',
})
@Steps<Member>({ add: null, changeRole: mayGo, end: mayGo })
export class StaffMember {
  @Field(() => ID, { nullable: true, description: 'Of the membership: a change of role gives a new one.' })
  id: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'As first registered; kept when the person joins another agency.',
  })
  displayName: string | null;

  @Field(() => String, { nullable: true, description: 'Work address, if one was given.' })
  email: string | null;

  @Field(() => Roles, { nullable: true, description: 'One role a membership; who has two is listed twice.' })
  role: MemberRole | null;

  @Field(() => Date, { nullable: true, description: 'When the role was given.' })
  since: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the role was taken back; null while it holds.' })
  endedAt: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False as soon as the role was taken back, whatever token is still out.',
  })
  isActive: boolean | null;
}
