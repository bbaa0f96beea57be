import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import { counties } from './counties';
import { countiesByFips, countiesOfState, County, countyByFips } from './county.type';
import { GeoJson } from './geo-json.scalar';

/** From the map in memory: no county is ever read from the database. */
@Resolver(() => County)
export class CountiesResolver {
  @Access({ resource: 'County', command: 'read' })
  @Query(() => County, { nullable: true, description: 'One county; null when no county has the code.' })
  county(@Args('fips', { description: 'Five-digit FIPS code.' }) fips: string): County | null {
    return countyByFips(fips);
  }

  @Access({ resource: 'County', command: 'read' })
  @Query(() => [County], {
    name: 'counties',
    description: 'All counties of a state in the order of their codes, at most 254 (Texas); none for an unknown state.',
  })
  countiesIn(@Args('state', { description: 'USPS code, for example `OH`.' }) state: string): County[] {
    return countiesOfState(state);
  }

  @ResolveField(() => [County], {
    description: 'Counties that share a stretch of land border; contact in one point or across water is none.',
  })
  neighbours(@Parent() { neighbourFips }: County): County[] {
    return countiesByFips(neighbourFips);
  }

  @ResolveField(() => GeoJson, { description: 'Its outline, a Polygon or MultiPolygon; a few kilobytes.' })
  shape(@Parent() { fips }: County): unknown {
    return counties().shapeOf(fips);
  }
}
