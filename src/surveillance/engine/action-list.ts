import type { AgencyKind } from '../../kernel/vocabulary';

/** What a spike asks of the agencies around it. */
export const alertActions = {
  RESTOCK_NALOXONE: 'Check the stock of naloxone and restock; carry extra doses',
  SURGE_OUTREACH: 'Put more outreach visits on the road, and sooner',
  CALL_UP_BEDS: 'Attest the census of every program again, and say what can be opened',
  ALERT_EMERGENCY_DEPARTMENT: 'Tell the emergency department and expect repeat doses',
  ALERT_CREWS: 'Tell the crews on shift: expect repeat doses and more than one person',
  WARN_THE_PUBLIC: 'Publish the warning, in the languages of the county',
} as const;
export type AlertActionKind = keyof typeof alertActions;

/** How near an agency is to an alert: it works in the county, or in one that shares a border with it. */
export type AlertSide = 'OWNING' | 'NEIGHBOUR';

export interface ToldAgency {
  readonly agencyId: string;
  readonly kind: AgencyKind;
  readonly side: AlertSide;
  readonly hasPlaces: boolean;
}

/** Everybody who works with overdoses. Schools and child services are told of none: what they may hear of is a notice, never a cause. */
const asked: Partial<Record<AgencyKind, readonly AlertActionKind[]>> = {
  LAW_ENFORCEMENT: ['RESTOCK_NALOXONE'],
  EMS: ['ALERT_CREWS', 'RESTOCK_NALOXONE'],
  HOSPITAL: ['ALERT_EMERGENCY_DEPARTMENT'],
  OUTREACH_TEAM: ['SURGE_OUTREACH', 'RESTOCK_NALOXONE'],
  TREATMENT_PROVIDER: ['CALL_UP_BEDS'],
  PUBLIC_HEALTH: ['WARN_THE_PUBLIC'],
};
/** A neighbour gets ready: what it carries, and the beds within reach. */
const askedOfNeighbours: ReadonlySet<AlertActionKind> = new Set(['RESTOCK_NALOXONE', 'CALL_UP_BEDS']);

export const alertedKinds = Object.keys(asked) as AgencyKind[];

/** What one agency is asked to do; who has no place is asked to count none. */
export const actionsFor = ({ kind, side, hasPlaces }: ToldAgency): readonly AlertActionKind[] =>
  (asked[kind] ?? [])
    .filter((action) => side === 'OWNING' || askedOfNeighbours.has(action))
    .filter((action) => hasPlaces || action !== 'CALL_UP_BEDS');
