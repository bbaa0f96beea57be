/**
 * What counties are called in full (Census Bureau, legal/statistical area descriptions). The map has short names only: “Baltimore” is a
 * county and a city.
 */
const ALASKA: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['02016', '02050', '02063', '02066', '02070', '02105', '02158', '02180', '02198', '02240', '02261', '02290'].map(
      (fips) => [fips, 'Census Area'],
    ),
  ),
  ...Object.fromEntries(['02110', '02220', '02275', '02282'].map((fips) => [fips, 'City and Borough'])),
  ...Object.fromEntries(['02020', '02230'].map((fips) => [fips, 'Municipality'])),
};
/** District of Columbia, Carson City, and the islands: the name is all there is. */
const isNameAlone = (fips: string): boolean => fips === '32510' || /^(11|60|66|69|78)/.test(fips);

const STATES: Readonly<Record<string, string>> = { LA: 'Parish', AK: 'Borough', PR: 'Municipio' };

const kindOf = (fips: string, state: string): string => {
  // Cities that belong to no county have codes from 510 up.
  if (/^(24|29|51)[5-9]/.test(fips)) return 'city';
  return ALASKA[fips] ?? STATES[state] ?? 'County';
};

/** For example `Ross County`, `Orleans Parish`, `Juneau City and Borough`, `Richmond city`. */
export const fullNameOf = (fips: string, name: string, state: string): string =>
  isNameAlone(fips) ? name : `${name} ${kindOf(fips, state)}`;
