import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ConsentScope } from '../access';
import {
  ConsentExpiryEnum,
  ConsentKindEnum,
  ConsentPurposeEnum,
  ConsentScopeEnum,
  DiscloserClassEnum,
  InformationClassEnum,
  RecipientKindEnum,
} from './consent.enums';
import type {
  ConsentExpiry,
  ConsentKind,
  ConsentPurpose,
  DiscloserClass,
  InformationClass,
  RecipientKind,
} from './engine/vocabulary';

@ObjectType({
  description:
    'A text to show to a person before they sign, word for word, and what a signature under it means. Together with the signature it has every element of 42 CFR 2.31.',
})
export class ConsentText {
  @Field({ description: 'Text, number and language, for example `outcome-to-sender/1/en`: send it as `textVersion`.' })
  version: string;

  @Field({ description: 'BCP 47, for example `en`.' })
  language: string;

  @Field({ description: 'Heading, to be shown above the body.' })
  title: string;

  @Field({
    description:
      'Paragraphs, an empty line between them. Fill in `{person}`, `{recipient}` (the agency, court or volunteer) and `{expires}`.',
  })
  body: string;

  @Field({
    description:
      'SHA-256 of title, an empty line and body as given here, hexadecimal; kept with every consent signed under it.',
  })
  hash: string;

  @Field(() => ConsentKindEnum)
  kind: ConsentKind;

  @Field(() => [ConsentScopeEnum], { description: 'What a signature permits inside Handrail; may be nothing.' })
  permits: ConsentScope[];

  @Field(() => [RecipientKindEnum], { description: 'To whom: one of these.' })
  recipientKinds: RecipientKind[];

  @Field(() => [DiscloserClassEnum], { description: 'Who discloses.' })
  disclosers: DiscloserClass[];

  @Field(() => [InformationClassEnum], { description: 'What is disclosed.' })
  information: InformationClass[];

  @Field(() => [ConsentPurposeEnum], { description: 'For what.' })
  purposes: ConsentPurpose[];

  @Field(() => [ConsentExpiryEnum], { description: 'How it may end by itself: one of these.' })
  expiries: ConsentExpiry[];

  @Field(() => Int, { description: 'Days from the signature to the end, for ON_DATE without a date.' })
  defaultDays: number;
}
