import { counties } from '../agencies';
import type { OverdoseReportEntity } from './overdose-report.entity';

/** What may be a slip in a report that stands all the same. */
export const overdoseWarnings = {
  POINT_IN_NEIGHBOUR:
    'By the map the point lies in a county next to `county`. `county` counts, as it was sent, for who visits and who is told; the point stays. Correct whichever is wrong.',
  POINT_IN_NO_COUNTY:
    'By the map the point lies in no county: often a sign of it is missing. `county` counts, as it was sent; the point stays. Correct it if it is wrong.',
} as const;
export type OverdoseWarning = keyof typeof overdoseWarnings;

type Located = Pick<OverdoseReportEntity, 'countyFips' | 'latitude' | 'longitude'>;

/** A point further away is refused before: see `report-facts`. */
export const warningsOf = ({ countyFips, latitude, longitude }: Located): OverdoseWarning[] => {
  if (latitude === null || longitude === null) return [];
  const found = counties().countyAt(latitude, longitude);
  if (found === null) return ['POINT_IN_NO_COUNTY'];
  return found === countyFips ? [] : ['POINT_IN_NEIGHBOUR'];
};
