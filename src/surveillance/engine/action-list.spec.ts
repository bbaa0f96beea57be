import { agencyKinds, keysOf } from '../../kernel/vocabulary';
import { actionsFor, alertedKinds, type AlertSide } from './action-list';
import { wantsToHear } from './neighbour-choice';

const asked = (kind: (typeof alertedKinds)[number], side: AlertSide, hasPlaces = true) =>
  actionsFor({ agencyId: 'a', kind, side, hasPlaces });

describe('what an alert asks of an agency', () => {
  it('asks everybody in the county for their part', () => {
    expect(asked('EMS', 'OWNING')).toEqual(['ALERT_CREWS', 'RESTOCK_NALOXONE']);
    expect(asked('OUTREACH_TEAM', 'OWNING')).toEqual(['SURGE_OUTREACH', 'RESTOCK_NALOXONE']);
    expect(asked('HOSPITAL', 'OWNING')).toEqual(['ALERT_EMERGENCY_DEPARTMENT']);
    expect(asked('PUBLIC_HEALTH', 'OWNING')).toEqual(['WARN_THE_PUBLIC']);
  });

  it('asks neighbours to be ready, and no more', () => {
    expect(asked('TREATMENT_PROVIDER', 'NEIGHBOUR')).toEqual(['CALL_UP_BEDS']);
    expect(asked('LAW_ENFORCEMENT', 'NEIGHBOUR')).toEqual(['RESTOCK_NALOXONE']);
    expect(asked('PUBLIC_HEALTH', 'NEIGHBOUR')).toEqual([]);
  });

  it('asks a provider without a place to count none', () => {
    expect(asked('TREATMENT_PROVIDER', 'OWNING', false)).toEqual([]);
    expect(asked('EMS', 'OWNING', false)).toEqual(['ALERT_CREWS', 'RESTOCK_NALOXONE']);
  });

  it('asks nothing of schools, child services and the operator, and tells them of none', () => {
    const untold = keysOf(agencyKinds).filter((kind) => !alertedKinds.includes(kind));
    expect(untold).toEqual(['SCHOOL', 'CHILD_SERVICES', 'PLATFORM']);
    for (const kind of untold) expect(asked(kind, 'OWNING')).toEqual([]);
  });
});

it.each([
  ['ALL', 0.01, true],
  ['NONE', 0.000_001, false],
  ['STRONG', 0.001, true],
  ['STRONG', 0.0011, false],
] as const)('a neighbour that chose %s is told of p %d: %s', (choice, p, isTold) => {
  expect(wantsToHear(choice, { p, threshold: 0.01 })).toBe(isTold);
});
