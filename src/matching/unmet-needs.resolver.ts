import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { countyByFips, County } from '../agencies';
import { Access } from '../platform/auth';
import type { Reader } from '../platform/database/reader';
import { ConnectionArgs, connectionOf, RequestReader } from '../platform/graphql';
import { UnmetNeed } from './unmet-need.type';
import { UnmetNeedsService } from './unmet-needs.service';
import type { UnmetNeedRow } from './unmet-needs.store';

const UnmetNeedConnection = connectionOf(UnmetNeed);

@Resolver(() => UnmetNeed)
export class UnmetNeedsResolver {
  constructor(private readonly service: UnmetNeedsService) {}

  @Access({ resource: 'UnmetNeed', command: 'read' })
  @Query(() => UnmetNeedConnection, {
    name: 'unmetNeeds',
    description: 'Where your agency’s referrals found nobody, newest first, open and resolved.',
  })
  unmetNeedsIn(@Args() args: ConnectionArgs, @RequestReader() reader: Reader) {
    return this.service.page(reader, args);
  }

  @ResolveField(() => County, { nullable: true })
  county(@Parent() { countyFips }: UnmetNeedRow): County | null {
    return countyFips === null ? null : countyByFips(countyFips);
  }
}
