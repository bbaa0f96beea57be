import { attemptFault } from './attempt-faults';
import type { RecordVisitAttemptInput } from './outreach-case.inputs';
import type { OutreachCaseRow } from './outreach-cases.store';

const now = new Date('2026-01-08T17:00:00Z');
const row = { firstAt: new Date('2026-01-05T17:00:00Z'), stopAt: new Date('2026-01-12T17:00:00Z') } as OutreachCaseRow;
const fieldOf = (traits: Partial<RecordVisitAttemptInput>) => {
  const contact = { caseId: 'c', channel: 'PHONE', result: 'ENGAGED', services: [], leftBehind: 'NEVER' } as const;
  return attemptFault({ ...contact, services: [], ...traits }, row, now)?.details.field;
};

describe('what cannot have come of a call', () => {
  it.each(['NO_ONE_HOME', 'INVALID_ADDRESS', 'NALOXONE_GIVEN', 'SUPPLIES_GIVEN', 'TRANSPORTED'] as const)(
    'is %s, and it can of a visit',
    (result) => {
      expect(fieldOf({ result })).toBe('input.channel');
      expect(fieldOf({ result, channel: 'VISIT' })).toBeUndefined();
    },
  );

  it('is anything handed over, or left', () => {
    expect(fieldOf({ services: ['NALOXONE'], naloxoneKits: 2 })).toBe('input.services');
    expect(fieldOf({ services: ['SUPPLIES'] })).toBe('input.services');
    expect(fieldOf({ leftBehind: 'CONTACT_ONLY' })).toBe('input.leftBehind');
  });

  it('is none of what is said', () => {
    expect(fieldOf({ services: ['INFORMATION', 'PEER_SUPPORT'] })).toBeUndefined();
    for (const result of ['NO_ANSWER', 'WRONG_NUMBER', 'MOVED', 'WARM_HAND_OFF'] as const) {
      expect(fieldOf({ result })).toBeUndefined();
    }
  });
});
