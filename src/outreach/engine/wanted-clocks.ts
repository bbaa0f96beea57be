import type { CaseKind, OutreachCaseState } from './vocabulary';

export type CaseClock =
  | 'OUTREACH_VISIT'
  | 'OUTREACH_STOP'
  | 'OUTREACH_FAMILY_VISIT'
  | 'OUTREACH_FAMILY_STOP'
  | 'OUTREACH_AT_RISK_VISIT'
  | 'OUTREACH_ACKNOWLEDGED'
  | 'OUTREACH_ASSIGNED';

const visitClocks = {
  SURVIVOR: 'OUTREACH_VISIT',
  FAMILY: 'OUTREACH_FAMILY_VISIT',
  AT_RISK: 'OUTREACH_AT_RISK_VISIT',
} as const satisfies Record<CaseKind, CaseClock>;
export const visitClock = (kind: CaseKind) => visitClocks[kind];
export const stopClock = (kind: CaseKind) => (kind === 'FAMILY' ? 'OUTREACH_FAMILY_STOP' : 'OUTREACH_STOP');

/** HOLDER: the team that has the case; RECEIVER: the one it was handed to; FINDER: who finds it a program. */
export interface WantedClock {
  readonly clock: CaseClock;
  readonly owner: 'HOLDER' | 'RECEIVER' | 'FINDER';
}

/** What runs on a case in a state: an end always, until it has one. */
export const wantedClocks = (kind: CaseKind, state: OutreachCaseState): WantedClock[] => {
  const visit = { clock: visitClock(kind), owner: 'HOLDER' } as const;
  const stop = { clock: stopClock(kind), owner: 'HOLDER' } as const;
  switch (state) {
    case 'OPEN':
      return [visit, stop];
    case 'HANDED_OVER':
      return [visit, stop, { clock: 'OUTREACH_ACKNOWLEDGED', owner: 'RECEIVER' }];
    case 'UNASSIGNED':
      return [
        { clock: 'OUTREACH_ASSIGNED', owner: 'FINDER' },
        { clock: stop.clock, owner: 'FINDER' },
      ];
    case 'TRIED':
    case 'REACHED':
      return [stop];
    case 'CLOSED':
    case 'VOID':
      return [];
  }
};
