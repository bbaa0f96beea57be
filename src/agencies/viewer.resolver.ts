import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import { Ctx, CurrentActor, type GraphqlContext } from '../platform/graphql';
import { AgencyLoaders } from './agency.loaders';
import { Agency } from './agency.type';
import { StaffService } from './staff.service';
import { Viewer } from './viewer.type';

@Resolver(() => Viewer)
export class ViewerResolver {
  constructor(
    private readonly staff: StaffService,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'Viewer', command: 'read' })
  @Query(() => Viewer, { description: 'Who you are to Handrail.' })
  viewer(@CurrentActor() { id, role, scopes }: Actor) {
    return { id, role, scopes };
  }

  @ResolveField(() => String, { description: 'Name as registered by the first agency that let you in.' })
  displayName(@Ctx() { reader }: GraphqlContext): Promise<string> {
    return this.staff.ownName(reader);
  }

  @ResolveField(() => Agency, { description: 'The agency you act for.' })
  agency(@CurrentActor() { agencyId }: Actor, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}
