import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import { badInput } from '../platform/graphql';
import { ConsentText } from './consent-text.type';
import { ConsentTexts, type ShownText } from './consent-texts';

/** From memory: texts are data of the installation. */
@Resolver(() => ConsentText)
export class ConsentTextsResolver {
  constructor(private readonly texts: ConsentTexts) {}

  @Access({ resource: 'ConsentText', command: 'read' })
  @Query(() => [ConsentText], {
    name: 'consentTexts',
    description:
      'The texts a person is shown before they sign, in one language; fewer than 50. BAD_USER_INPUT for a language without texts.',
  })
  textsIn(
    @Args('language', { defaultValue: 'en', description: 'BCP 47, for example `es`.' }) language: string,
  ): ShownText[] {
    const texts = this.texts.current(language);
    if (texts.length > 0) return texts;
    throw badInput(
      'There are no consent texts in this language.',
      'language',
      `Send one of: ${this.texts.languages.join(', ')}.`,
    );
  }
}
