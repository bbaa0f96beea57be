import { Field, ObjectType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql';
import { helpLanguages, type HelpLanguage } from './crisis-lines';

export const HelpLanguageEnum = enumOf(
  'HelpLanguage',
  helpLanguages,
  'Languages that texts for people are written in.',
);

@ObjectType({ description: 'A line anybody may call in a crisis. Data in `rules/crisis-lines.json`, with its source.' })
export class CrisisLine {
  @Field({ description: 'Key of the line, for example `SUICIDE_AND_CRISIS`.' })
  code: string;

  @Field({ description: 'As people know it, in `language`.' })
  name: string;

  @Field({ description: 'What happens when one calls, in plain words of `language`.' })
  does: string;

  @Field({ description: 'Number to call.' })
  phone: string;

  @Field(() => String, { nullable: true, description: 'Number to send a text message to.' })
  text: string | null;

  @Field(() => String, { nullable: true, description: 'What to press for `language`.' })
  press: string | null;

  @Field({ description: 'When somebody answers, for example `24/7`.' })
  hours: string;

  @Field(() => HelpLanguageEnum)
  language: HelpLanguage;

  @Field({ description: 'Where number and hours are published.' })
  source: string;
}
