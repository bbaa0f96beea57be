import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, MaxLength } from 'class-validator';
import type { ConsentScope } from '../access';
import { ConnectionArgs, TextLength } from '../platform/graphql';
import {
  ConsentExpiryEnum,
  ConsentScopeEnum,
  RevocationMethodEnum,
  SignatureMethodEnum,
  SignerEnum,
} from './consent.enums';
import type { ConsentExpiry, RevocationMethod, SignatureMethod, Signer } from './engine/vocabulary';

const VERSION_LIMIT = 100;
const NAME_LIMIT = 200;
const SCOPE_LIMIT = 10;

/** The signature, and the blanks that were filled in; all else that 42 CFR 2.31 asks for is said in the text that was shown. */
@InputType({ isAbstract: true })
abstract class SignatureInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Version of the text that was shown to the person, as `consentTexts` gives it, for example `outcome-to-sender/1/en`. It says who discloses what to whom for what, and how to revoke it. CONSENT_INCOMPLETE without it: what was shown is never guessed.',
  })
  @IsOptional()
  @MaxLength(VERSION_LIMIT)
  textVersion?: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it was signed; not in the future, and not before the person was born. Required. Who may sign is decided by the age and the rules of the state on this day: a minor who has come of age since need not sign again, and one who could not sign alone then has to.',
  })
  @IsOptional()
  signedAt?: Date | null;

  @Field(() => SignerEnum, { nullable: true, description: 'Who signed. Required.' })
  @IsOptional()
  signedBy?: Signer | null;

  @Field(() => SignerEnum, {
    nullable: true,
    description: 'Parent or guardian who signed beside a minor, where the state asks for both.',
  })
  @IsOptional()
  coSignedBy?: Signer | null;

  @Field(() => SignatureMethodEnum, { nullable: true, description: 'How it was signed. Required.' })
  @IsOptional()
  signatureMethod?: SignatureMethod | null;

  @Field(() => ConsentExpiryEnum, {
    nullable: true,
    description: 'How it ends by itself; ON_DATE if left out. Only what the text offers.',
  })
  @IsOptional()
  expiry?: ConsentExpiry | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it ends, for ON_DATE; as many days after the signature as the text says if left out.',
  })
  @IsOptional()
  expiresAt?: Date | null;
}

@InputType({
  description:
    'A consent the person signed, with every element of 42 CFR 2.31: the text that was shown says most of them. Police, schools and coordinating teams are named by Handrail as the recipient.',
})
export class ReferralConsentInput extends SignatureInput {
  @Field(() => ConsentScopeEnum, { description: 'What it is sent for; the text must permit it.' })
  scope: ConsentScope;
}

@InputType({ description: 'A consent of a person your agency knows, of any kind and for any recipient.' })
export class RecordPersonConsentInput extends SignatureInput {
  @Field(() => ID, { description: 'The person, as a referral or an episode shows them to you.' })
  personId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The agency that may receive it, where the text names one; of the kind that the text is for.',
  })
  @IsOptional()
  recipientAgencyId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `A court or a volunteer, in words, where the text is for one. At most ${NAME_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(1, NAME_LIMIT)
  recipientName?: string | null;
}

@InputType({ isAbstract: true })
abstract class RevocationInput {
  @Field(() => [ConsentScopeEnum], {
    nullable: true,
    description: `What is taken back; all of it if left out. 1 to ${SCOPE_LIMIT}, each once.`,
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(SCOPE_LIMIT)
  @ArrayUnique({ context: { remedy: 'Send each scope once.' } })
  scopes?: ConsentScope[] | null;

  @Field(() => SignerEnum, {
    defaultValue: 'PERSON',
    description: 'Who takes it back: the person, or who may sign for or beside them under the rules of your state.',
  })
  askedBy: Signer = 'PERSON';

  @Field(() => RevocationMethodEnum, { description: 'How they said so; by word of mouth is enough.' })
  method: RevocationMethod;
}

@InputType({ description: 'A consent is taken back, whole or in part.' })
export class RevokeConsentInput extends RevocationInput {
  @Field(() => ID)
  consentId: string;
}

@InputType({ description: 'A person takes back every consent, or every consent of some scopes, whoever recorded it.' })
export class RevokePersonConsentsInput extends RevocationInput {
  @Field(() => ID, { description: 'A person your agency knows.' })
  personId: string;
}

@ArgsType()
export class ConsentsArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'A person your agency knows.' })
  personId: string;
}
