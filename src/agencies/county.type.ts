import { Field, Float, ObjectType } from '@nestjs/graphql';
import { counties, type County as CountyFacts } from './counties';

@ObjectType({
  description:
    'A US county or county-equivalent (parish, borough, independent city, municipio), from the public-domain map of the US Census Bureau.',
})
export class County {
  @Field({ description: 'Five-digit FIPS code: the key of a county everywhere in Handrail.' })
  fips: string;

  @Field({ description: 'Short name without "County" or "Parish". Not unique, not even inside a state.' })
  name: string;

  @Field({ description: 'USPS code of its state or territory.' })
  state: string;

  @Field({ description: 'Name of its state or territory.' })
  stateName: string;

  @Field(() => Float, { description: 'Centroid of the land area, degrees north, WGS 84.' })
  latitude: number;

  @Field(() => Float, { description: 'Centroid of the land area, degrees east (negative in the Americas), WGS 84.' })
  longitude: number;

  /** FIPS codes; the field resolver turns them into counties. */
  neighbourFips: readonly string[];
}

const countyOf = ({ centroid, neighbours, ...facts }: CountyFacts): County => ({
  ...facts,
  ...centroid,
  neighbourFips: neighbours,
});

export const countyByFips = (fips: string): County | null => {
  const facts = counties().county(fips);
  return facts && countyOf(facts);
};

/** In the order of the codes; codes that no county has are left out. */
export const countiesByFips = (codes: readonly string[]): County[] =>
  codes.map(countyByFips).filter((county) => county !== null);

export const countiesOfState = (usps: string): County[] => counties().countiesOfState(usps).map(countyOf);
