import { Field, ObjectType } from '@nestjs/graphql';
import { AgreementEnum, PersonLinkStateEnum, type Agreement, type PersonLinkState } from '../../people';

@ObjectType({
  description:
    'Another row of the same roster that may be of the same person, whom two agencies have on file; or the row itself, of which two agencies told under names that are a slip of each other. Compare the rows: names, telephones and addresses stand with them. What only the records tell is not shown.',
})
export class OutreachLikeness {
  @Field(() => PersonLinkStateEnum, {
    nullable: true,
    description: 'OPEN: nobody has decided. Else what somebody of the team said, which may be taken back.',
  })
  state: PersonLinkState;

  @Field(() => AgreementEnum, { nullable: true, description: 'The given names; null: one is not told.' })
  givenName: Agreement | null;

  @Field(() => AgreementEnum, { nullable: true, description: 'The family names; null: one is not told.' })
  familyName: Agreement | null;
}
