import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import { connectionOf, Ctx, type GraphqlContext } from '../platform/graphql';
import { FindPersonsArgs } from './find-persons.args';
import { PeopleLoaders } from './people.loaders';
import { PersonMatch } from './person-link.type';
import { PersonSearchService, type PersonMatchRow } from './person-search.service';
import { Person } from './person.type';

const PersonMatchConnection = connectionOf(PersonMatch);

@Resolver(() => PersonMatch)
export class PersonMatchesResolver {
  constructor(
    private readonly search: PersonSearchService,
    private readonly loaders: PeopleLoaders,
  ) {}

  @Access({ resource: 'PersonMatch', command: 'find' })
  @Query(() => PersonMatchConnection, {
    description:
      'Looks for a person among those your agency knows, most likely first: ask before you send somebody in who may be on file. Slips, nicknames and crossed names are found. At most 60 are compared: add a fact when there are more. Every page is a search, on the audit trail with its purpose, whether or not it finds anybody; send the header `handrail-purpose`. Needs a telephone number, or two of the names and the birth date. BAD_USER_INPUT without a purpose or with too little.',
  })
  findPersons(@Args() args: FindPersonsArgs, @Ctx() context: GraphqlContext) {
    return this.search.find(context.reader, args, context.requestId);
  }

  @ResolveField(() => Person, { nullable: true })
  person(@Parent() { personId }: PersonMatchRow, @Ctx() context: GraphqlContext) {
    return this.loaders.person(context).load(personId);
  }
}
