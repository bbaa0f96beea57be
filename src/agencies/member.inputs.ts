import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsEmail,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { ConnectionArgs, TextLength } from '../platform/graphql';
import { Roles, type MemberRole } from './agency.enums';

const SCOPE_LIMIT = 100;
const SCOPE = /^[A-Za-z]{1,60}:[A-Za-z]{1,60}$/;
/** What sign-in accepts of a token: printable ASCII without spaces. */
const CLAIM = /^[\x21-\x7e]{1,200}$/;

const claimRule = (claim: string) => ({
  message: `It must equal the claim \`${claim}\` of the tokens: 1 to 200 printable ASCII characters without spaces.`,
  context: { remedy: `Copy \`${claim}\` from a token of the identity provider.` },
});
const scopeRule = {
  message: 'A scope is written `Resource:command`.',
  context: { remedy: 'Send for example Referral:read.' },
};
const ISSUER =
  'Identity provider: the `iss` claim of its tokens, exactly. Only issuers the operator trusts can sign anyone in.';
const SUBJECT = 'What that identity provider calls them: the `sub` claim, exactly.';

@InputType({ description: 'Whom to let in, by what their identity provider calls them.' })
export class AddStaffMemberInput {
  @Field({ description: ISSUER })
  @Matches(CLAIM, claimRule('iss'))
  issuer: string;

  @Field({ description: SUBJECT })
  @Matches(CLAIM, claimRule('sub'))
  subject: string;

  @Field({
    description: 'Name for the staff list, 1 to 200 characters. Not used when the person is registered already.',
  })
  @TextLength(1, 200)
  displayName: string;

  @Field(() => String, { nullable: true, description: 'Work address. Not used when the person is registered already.' })
  @IsOptional()
  @IsEmail()
  @Length(3, 254)
  email?: string | null;

  @Field(() => Roles, { description: 'A role that agencies of this kind may give.' })
  role: MemberRole;

  @Field(() => ID, {
    nullable: true,
    description: 'The operator only: the agency whose first AGENCY_ADMIN this is. Left out: your own agency.',
  })
  agencyId?: string | null;
}

@InputType({ description: 'Another role for a member of your agency.' })
export class ChangeStaffRoleInput {
  @Field(() => ID, { description: 'As `staff` lists it; active.' })
  @IsString()
  staffMemberId: string;

  @Field(() => Roles, { description: 'A role that agencies of this kind may give.' })
  role: MemberRole;
}

@InputType({ description: 'A member of your agency who is to be put out.' })
export class EndStaffMembershipInput {
  @Field(() => ID, { description: 'As `staff` lists it; active.' })
  @IsString()
  staffMemberId: string;
}

@InputType({ description: 'A partner system to let in, by what its identity provider calls it.' })
export class CreateServiceAccountInput {
  @Field({ description: ISSUER })
  @Matches(CLAIM, claimRule('iss'))
  issuer: string;

  @Field({ description: SUBJECT })
  @Matches(CLAIM, claimRule('sub'))
  subject: string;

  @Field({ description: 'Name for the list, 1 to 200 characters. Not used when the system is registered already.' })
  @TextLength(1, 200)
  name: string;

  @Field(() => Roles, { description: 'The role it acts in: one that agencies of this kind may give.' })
  role: MemberRole;

  @Field(() => [String], {
    description: 'All it may do, 1 to 100 of `Resource:command`; each must be something the role could do at all.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(SCOPE_LIMIT)
  @ArrayUnique()
  @Matches(SCOPE, { each: true, ...scopeRule })
  scopes: string[];
}

@InputType({ description: 'A partner system of your agency that is to be put out.' })
export class EndServiceAccountInput {
  @Field(() => ID, { description: 'As `serviceAccounts` lists it; active.' })
  @IsString()
  serviceAccountId: string;
}

@ArgsType()
export class MembersArgs extends ConnectionArgs {
  @Field(() => Boolean, { nullable: true, description: 'True: who is in now. False: who was put out. Left out: both.' })
  isActive?: boolean | null;
}
