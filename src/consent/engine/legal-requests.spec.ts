import {
  decisionFault,
  legalDecisions,
  legalRequestKinds,
  type LegalDecision,
  type LegalRequestKind,
} from './legal-requests';

const kinds = Object.keys(legalRequestKinds) as LegalRequestKind[];
const decisions = Object.keys(legalDecisions) as LegalDecision[];

describe('a decision over a request by way of law', () => {
  it('answers nothing without a court order (42 CFR 2.61)', () => {
    expect(kinds.filter((kind) => decisionFault(kind, 'ANSWERED_OUTSIDE_HANDRAIL') === null)).toEqual([
      'COURT_ORDER',
      'COURT_ORDER_WITH_SUBPOENA',
    ]);
  });

  it('is possible over every kind, and a refused one names those that are', () => {
    for (const kind of kinds) {
      const possible = decisions.filter((decision) => decisionFault(kind, decision) === null);
      expect(possible.length).toBeGreaterThan(0);
      for (const decision of decisions) {
        const fault = decisionFault(kind, decision);
        if (fault) expect(possible.every((one) => fault.details.remedy?.includes(one))).toBe(true);
      }
    }
  });
});
