import { ArgsType, Args, Field, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import { Access } from '../platform/auth';
import { CrisisLine, HelpLanguageEnum } from './crisis-line.type';
import { CrisisLines, type HelpLanguage } from './crisis-lines';

@ArgsType()
class CrisisLinesArgs {
  @Field(() => HelpLanguageEnum, { defaultValue: 'en' })
  language: HelpLanguage = 'en';

  @Field(() => String, { nullable: true, description: 'Also the lines of this state: USPS code.' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { context: { remedy: 'Send for example OH.' } })
  state?: string | null;
}

@Resolver()
export class CrisisLinesResolver {
  constructor(private readonly lines: CrisisLines) {}

  @Access({ resource: 'CrisisLine', command: 'read' })
  @Query(() => [CrisisLine], {
    name: 'crisisLines',
    description: 'Lines to call in a crisis, in the order to print them.',
  })
  all(@Args() { language, state = null }: CrisisLinesArgs): CrisisLine[] {
    return this.lines.in(language, state).map(({ id, ...line }) => ({ ...line, code: id }));
  }
}
