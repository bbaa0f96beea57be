import type { Resource } from '../policy';

const READERS = ['ANALYST', 'COORDINATOR', 'AGENCY_ADMIN', 'PLATFORM_ADMIN'] as const;
const open = [{ relation: 'ANYONE', roles: READERS, classes: ['COUNTS'] }] as const;

export const reportResources = {
  /** Counts that may be published: small ones are hidden from everybody, before they reach a resolver. */
  Report: {
    fields: {
      kind: 'COUNTS',
      year: 'COUNTS',
      county: 'COUNTS',
      definition: 'COUNTS',
      denominator: 'COUNTS',
      placedBy: 'COUNTS',
      from: 'COUNTS',
      until: 'COUNTS',
      asOf: 'COUNTS',
      dataAgeMinutes: 'COUNTS',
      lines: 'COUNTS',
      hidden: 'COUNTS',
      csv: 'COUNTS',
      chart: 'COUNTS',
    },
    leadsTo: { lines: 'ReportFigure', csv: 'ReportFigure', chart: 'ReportFigure' },
    grants: open,
    commands: { read: [{ relation: 'ANYONE', roles: READERS }] },
  },
  ReportFigure: {
    fields: { measure: 'COUNTS', name: 'COUNTS', of: 'COUNTS', count: 'COUNTS', countYearBefore: 'COUNTS' },
    grants: open,
    commands: {},
  },
} as const satisfies Record<string, Resource>;
