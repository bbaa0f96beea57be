/** Figures of the search for clusters below the county. */
export interface ClusterPolicy {
  readonly version: string;
  /** Clusters a place may be warned of in a year in which nothing happens. */
  readonly falseAlarmsPerYear: number;
  /** Looks a year that amount to independent ones: inserts share most of what they see, windows and circles overlap. */
  readonly looksPerYear: number;
  /** Lengths of the windows, hours, ascending; all end now. */
  readonly windowHours: readonly number[];
  /** Days of reports that say where reports come from anyway. */
  readonly baselineDays: number;
  /** Fewer reports are no cluster. */
  readonly minimumCount: number;
  /** Largest circle, kilometres. */
  readonly maxRadiusKm: number;
  /** Largest part of all reports a circle may hold: more is the county. */
  readonly maxShare: number;
  /** Latest reports looked at; bounds the time of one search. */
  readonly maxReports: number;
  /** Below this log likelihood ratio no simulation is run: it cannot be rare enough. */
  readonly leastRatio: number;
  /** Simulated permutations of what is not plainly ordinary. */
  readonly replications: number;
}

export const defaultClusterPolicy: ClusterPolicy = {
  version: 'clusters-1',
  falseAlarmsPerYear: 0.5,
  looksPerYear: 1500,
  windowHours: [24, 48, 72],
  baselineDays: 90,
  minimumCount: 4,
  maxRadiusKm: 15,
  maxShare: 0.5,
  maxReports: 1000,
  leastRatio: 5,
  replications: 199,
};
