import fc from 'fast-check';
import { personRiskOf, type PastOverdose, type RiskPolicy } from './person-risk';

const policy: RiskPolicy = {
  version: 'risk-test',
  validFrom: '2000-01-01',
  withinDays: 365,
  signals: {
    RECENT_OVERDOSE: { withinDays: 30, points: 3 },
    REPEAT_OVERDOSE: { from: 2, points: 3 },
    MANY_DOSES: { from: 3, points: 2 },
    REFUSED_TRANSPORT: { from: 1, points: 2 },
  },
};
const NOW = new Date('2026-03-01T12:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const overdose = (days: number, traits: Partial<PastOverdose> = {}): PastOverdose => ({
  occurredAt: daysAgo(days),
  doses: null,
  hasRefusedTransport: false,
  ...traits,
});
const raisedBy = (...events: PastOverdose[]) =>
  personRiskOf(events, NOW, policy).raised.map(({ signal, because }) => `${signal}: ${because}`);

describe('the risk of a person', () => {
  it('is nothing without an overdose', () => {
    expect(personRiskOf([], NOW, policy)).toEqual({
      ...{ overdoses: 0, lastOverdoseAt: null, daysSinceLast: null, mostDoses: null, doses: null, refusals: 0 },
      ...{ raised: [], points: 0, policyVersion: 'risk-test' },
    });
  });

  it('raises each signal from its threshold on, and says why', () => {
    expect(raisedBy(overdose(0))).toEqual(['RECENT_OVERDOSE: Last overdosed today.']);
    expect(raisedBy(overdose(1))).toEqual(['RECENT_OVERDOSE: Last overdosed yesterday.']);
    expect(raisedBy(overdose(30))).toEqual(['RECENT_OVERDOSE: Last overdosed 30 days ago.']);
    expect(raisedBy(overdose(31))).toEqual([]);
    expect(raisedBy(overdose(40), overdose(50))).toEqual(['REPEAT_OVERDOSE: Overdosed 2 times in 365 days.']);
    expect(raisedBy(overdose(40, { doses: 2 }))).toEqual([]);
    expect(raisedBy(overdose(40, { doses: 4 }))).toEqual(['MANY_DOSES: Needed 4 doses of naloxone in one overdose.']);
    expect(raisedBy(overdose(40, { hasRefusedTransport: true }))).toEqual([
      'REFUSED_TRANSPORT: Refused transport once.',
    ]);
  });

  it('adds doses and points up, and looks no further back than the policy and never ahead', () => {
    const events = [overdose(3, { doses: 4 }), overdose(9, { doses: 1 }), overdose(366, { doses: 9 }), overdose(-1)];
    expect(personRiskOf(events, NOW, policy)).toMatchObject({
      ...{ overdoses: 2, daysSinceLast: 3, mostDoses: 4, doses: 5, points: 8 },
      lastOverdoseAt: daysAgo(3),
    });
  });

  it('never falls by one more overdose, in whatever order they are told', () => {
    const anyOverdose = fc
      .record({ days: fc.integer({ min: -5, max: 500 }), doses: fc.option(fc.nat(9)), refused: fc.boolean() })
      .map(({ days, doses, refused }) => overdose(days, { doses, hasRefusedTransport: refused }));
    fc.assert(
      fc.property(fc.array(anyOverdose, { maxLength: 8 }), anyOverdose, (events, more) => {
        const before = personRiskOf(events, NOW, policy);
        const after = personRiskOf([more, ...events], NOW, policy);
        expect(after.points).toBeGreaterThanOrEqual(before.points);
        expect(personRiskOf([...events, more].reverse(), NOW, policy).raised).toEqual(after.raised);
      }),
    );
  });
});
