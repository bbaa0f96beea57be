import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Roles, type MemberRole } from './agency.enums';

@ObjectType({
  description: 'Who is signed in: one person or partner system in one role at one agency, as the token says.',
})
export class Viewer {
  @Field(() => ID, { description: 'Of the person or partner system; the same at every agency.' })
  id: string;

  @Field(() => Roles, { description: 'The role you act in now; sign in again for another.' })
  role: MemberRole;

  @Field(() => [String], {
    nullable: true,
    description: 'What the token is limited to, as `Resource:command`; null when only the role limits it.',
  })
  scopes: readonly string[] | null;
}
