import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import type { ConsentScope } from '../access';
import {
  ConsentExpiryEnum,
  ConsentKindEnum,
  ConsentPurposeEnum,
  ConsentScopeEnum,
  DiscloserClassEnum,
  InformationClassEnum,
  RecipientKindEnum,
  RevocationMethodEnum,
  SignatureMethodEnum,
  SignerEnum,
} from './consent.enums';
import type {
  ConsentExpiry,
  ConsentKind,
  ConsentPurpose,
  DiscloserClass,
  InformationClass,
  RecipientKind,
  RevocationMethod,
  SignatureMethod,
  Signer,
} from './engine/vocabulary';

@ObjectType({ description: 'A consent was taken back, whole or in part. It took effect at once.' })
export class ConsentRevocation {
  @Field(() => [ConsentScopeEnum], { nullable: true, description: 'What was taken back of what it permitted.' })
  scopes: ConsentScope[];

  @Field(() => Boolean, { nullable: true, description: 'True when nothing of the consent was left.' })
  isWhole: boolean;

  @Field(() => SignerEnum, { nullable: true, description: 'Who took it back.' })
  askedBy: Signer;

  @Field(() => RevocationMethodEnum, { nullable: true, description: 'How they said so.' })
  method: RevocationMethod;

  @Field(() => Date, { nullable: true, description: 'When.' })
  revokedAt: Date;
}

@ObjectType({
  description:
    'What a person agreed to in writing, until it expires or is revoked, with every element of 42 CFR 2.31 as amended in 2024. Seen by the agency that recorded it and by the agency it names.',
})
@Steps<{ readonly revokedAt: Date | null; readonly inForce: readonly string[] }>({
  record: null,
  revoke: ({ revokedAt, inForce }) => revokedAt === null && inForce.length > 0,
})
export class Consent {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => ConsentKindEnum, { nullable: true, description: 'Kinds are never mixed in one consent.' })
  kind: ConsentKind;

  @Field(() => ConsentScopeEnum, {
    nullable: true,
    description: 'The first of `permits`; null where it permits nothing inside Handrail.',
  })
  scope: ConsentScope | null;

  @Field(() => [ConsentScopeEnum], { nullable: true, description: 'What it permits inside Handrail, as signed.' })
  permits: ConsentScope[];

  @Field(() => [ConsentScopeEnum], {
    nullable: true,
    description: 'What revocations of a part have left of `permits`.',
  })
  inForce: ConsentScope[];

  @Field(() => [DiscloserClassEnum], { nullable: true, description: 'Who may disclose, 2.31(a)(2).' })
  disclosers: DiscloserClass[];

  @Field(() => [InformationClassEnum], { nullable: true, description: 'What may be disclosed, 2.31(a)(3).' })
  information: InformationClass[];

  @Field(() => RecipientKindEnum, { nullable: true, description: 'To whom, 2.31(a)(4).' })
  recipientKind: RecipientKind;

  @Field(() => String, { nullable: true, description: 'A court or a volunteer, in words; null for all others.' })
  recipientName: string | null;

  @Field(() => [ConsentPurposeEnum], { nullable: true, description: 'For what, 2.31(a)(5).' })
  purposes: ConsentPurpose[];

  @Field(() => ConsentExpiryEnum, { nullable: true, description: 'How it ends by itself, 2.31(a)(7).' })
  expiry: ConsentExpiry;

  @Field(() => Date, { nullable: true, description: 'When it ends by itself; null unless ON_DATE.' })
  expiresAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was signed, 2.31(a)(9).' })
  signedAt: Date;

  @Field(() => SignerEnum, { nullable: true, description: 'Who signed, 2.31(a)(8).' })
  signedBy: Signer;

  @Field(() => SignerEnum, { nullable: true, description: 'Who signed beside a minor; null: nobody.' })
  coSignedBy: Signer | null;

  @Field(() => SignatureMethodEnum, { nullable: true, description: 'How it was signed.' })
  signatureMethod: SignatureMethod;

  @Field(() => String, {
    nullable: true,
    description:
      'Text, number and language that were shown; it says that and how the consent can be revoked, 2.31(a)(6).',
  })
  textVersion: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the text that was shown, hexadecimal.' })
  textHash: string;

  @Field(() => String, { nullable: true, description: 'Version of the state’s rules that decided who may sign.' })
  stateRules: string;

  @Field(() => Date, { nullable: true, description: 'When nothing of it was left; null while something is.' })
  revokedAt: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Signed, complete, not expired, not revoked as a whole, by the database’s clock.',
  })
  isActive: boolean;
}
