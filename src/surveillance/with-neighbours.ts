import { counties } from '../agencies';

/** These counties and those that share a border with one of them. */
export const withNeighbours = (countyFips: readonly string[]): string[] => [
  ...new Set(countyFips.flatMap((fips) => [fips, ...(counties().county(fips)?.neighbours ?? [])])),
];
