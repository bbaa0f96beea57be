import type { Resource } from '../policy';

/** Everybody who works with overdoses. Schools and child services hear of none: a count could tell them a cause. */
const WATCHERS = [
  'OFFICER',
  'MEDIC',
  'HOSPITAL_STAFF',
  'PROVIDER_STAFF',
  'OUTREACH_WORKER',
  'COORDINATOR',
  'ANALYST',
] as const;
/**
 * Who sees how many, and since when. Analysts publish, and read counts in reports only, where small ones are hidden together (domain §6):
 * a window that is empty or not, a day at a time, dates each overdose.
 */
const COUNTERS = WATCHERS.filter((role) => role !== 'ANALYST');
const counts = (fields: readonly string[]): Record<string, 'COUNTS'> =>
  Object.fromEntries(fields.map((field) => [field, 'COUNTS']));
const near = (['OWN_COUNTY', 'NEXT_COUNTY'] as const).map(
  (relation) => ({ relation, roles: WATCHERS, classes: ['COUNTS'] }) as const,
);
const counted = (['OWN_COUNTY', 'NEXT_COUNTY'] as const).map(
  (relation) => ({ relation, roles: COUNTERS, classes: ['COUNTS'] }) as const,
);
const told = [{ relation: 'TOLD', roles: WATCHERS, classes: ['COUNTS'] }] as const;
const anywhere = [{ relation: 'ANYONE', roles: COUNTERS, classes: ['COUNTS'] }] as const;
const readByWatchers = [{ relation: 'ANYONE', roles: WATCHERS }] as const;
const readByCounters = [{ relation: 'ANYONE', roles: COUNTERS }] as const;
const ownAction = [{ relation: 'OWN_AGENCY', roles: WATCHERS }] as const;
const CHOOSERS = ['COORDINATOR', 'ANALYST', 'AGENCY_ADMIN'] as const;

export const surveillanceResources = {
  /** More overdoses in a county than its own year explains. Counts only. */
  SpikeAlert: {
    fields: counts([
      ...['id', 'state', 'county', 'openedAt', 'lastSpikeAt', 'closedAt', 'dismissedBecause', 'isNeighbour'],
      ...['openedDespite', 'openedBecause', 'latest', 'actions', 'publicText'],
    ]),
    leadsTo: { latest: 'SpikeVerdict', actions: 'AlertAction' },
    grants: near,
    // Whoever ends one for the whole county has seen on what it rests.
    commands: { read: readByWatchers, dismiss: [{ relation: 'OWN_COUNTY', roles: ['COORDINATOR'] }] },
  },
  SpikeVerdict: {
    fields: counts([
      ...['asOf', 'isSpike', 'windowsEnd', 'windows', 'leadingHours', 'p', 'threshold', 'reasons', 'notes', 'streams'],
      ...['cluster', 'dataAgeHours', 'historyDays', 'policyVersion'],
    ]),
    leadsTo: { windows: 'SpikeWindow', streams: 'SpikeStream', cluster: 'SpikeCluster' },
    grants: counted,
    commands: {},
  },
  SpikeWindow: { fields: counts(['hours', 'count', 'expected', 'p']), grants: anywhere, commands: {} },
  SpikeStream: { fields: counts(['stream', 'count', 'expected', 'isAgreeing']), grants: anywhere, commands: {} },
  SpikeCluster: {
    fields: counts(['latitude', 'longitude', 'radiusKm', 'hours', 'count', 'expected']),
    grants: anywhere,
    commands: {},
  },
  /** What one agency was asked to do. All who were told of the alert see who did what. */
  AlertAction: {
    fields: counts(['id', 'kind', 'state', 'changedAt', 'agency']),
    grants: near,
    commands: { take: ownAction, complete: ownAction, decline: ownAction },
  },
  AlertChoice: {
    fields: { neighbours: 'STAFF', changedAt: 'STAFF' },
    grants: [{ relation: 'OWN_AGENCY', roles: CHOOSERS, classes: ['STAFF'] }],
    commands: {
      read: [{ relation: 'ANYONE', roles: CHOOSERS }],
      choose: [{ relation: 'OWN_AGENCY', roles: CHOOSERS }],
    },
  },
  SpikeChart: { fields: counts(['svg']), grants: anywhere, commands: { read: readByCounters } },
  SpikeReplay: {
    fields: counts(['alerts', 'events', 'alertsPerYear', 'policyVersion']),
    leadsTo: { alerts: 'ReplayedAlert', alertsPerYear: 'ReplayedAlert' },
    grants: anywhere,
    commands: { read: readByCounters },
  },
  ReplayedAlert: {
    fields: counts(['raisedAt', 'endedAt', 'windows']),
    leadsTo: { windows: 'SpikeWindow' },
    grants: anywhere,
    commands: {},
  },
  /** A batch that is stronger or other than expected. */
  BatchWarning: {
    fields: counts([
      ...['id', 'basis', 'contents', 'soldAs', 'form', 'issuedAt', 'expiresAt', 'withdrawnAt', 'isInForce'],
      ...['issuedBy', 'counties', 'publicText'],
    ]),
    grants: told,
    commands: {
      read: readByWatchers,
      issue: readByWatchers,
      withdraw: [{ relation: 'OWN_AGENCY', roles: WATCHERS }],
    },
  },
} as const satisfies Record<string, Resource>;
