import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PeopleLoaders, Person } from '../people';
import { Ctx, type GraphqlContext } from '../platform/graphql';
import { OverdoseReportRevision } from './overdose-report.type';
import type { ShownRevision } from './overdoses.loaders';

@Resolver(() => OverdoseReportRevision)
export class OverdoseReportRevisionsResolver {
  constructor(private readonly people: PeopleLoaders) {}

  @ResolveField(() => Person, {
    nullable: true,
    description:
      'Whom the report named then, as your agency took them in: a corrected name or birth date is a record of its own. Null: nobody.',
  })
  person(@Parent() { personId }: ShownRevision, @Ctx() context: GraphqlContext) {
    return personId === null ? null : this.people.person(context).load(personId);
  }
}
