import { addMinutes } from '../../kernel/clock';
import { partedFromOther, type Told } from './carried-over';
import { beforeEnding, beforeJoining, type PastStep } from './parting';

const at = (hour: number): Date => addMinutes(new Date('2026-11-02T00:00:00Z'), hour * 60);

describe('a row that parts from another one', () => {
  const step = (
    command: string,
    fromState: PastStep['fromState'],
    toState: PastStep['toState'],
    more = {},
  ): PastStep => ({
    ...{ command, fromState, toState, at: at(5), reason: null, agencyId: 'team', actorId: 'worker', ...more },
  });
  const joined = (fromState: PastStep['fromState']) => step('void', fromState, 'VOID', { at: at(9), reason: 'JOINED' });

  it('is as far as it was, by its own history', () => {
    const none = { closedAt: null, closedBy: null, endReason: null, outcome: null };
    expect(beforeJoining([step('miss', 'OPEN', 'TRIED'), joined('TRIED')])).toEqual({ ...none, state: 'TRIED' });
    expect(beforeJoining([joined('REACHED')]).state).toBe('REACHED');
    for (const state of ['OPEN', 'HANDED_OVER', 'UNASSIGNED', 'CLOSED'] as const) {
      expect(beforeJoining([joined(state)])).toEqual({ ...none, state: 'OPEN' });
    }
    expect(beforeJoining([])).toEqual({ ...none, state: 'OPEN' });
  });

  it('has ended as it had, by whoever ended it', () => {
    const reached = step('close', 'REACHED', 'CLOSED', { reason: 'ENGAGED' });
    const ended = { state: 'CLOSED', closedAt: at(5), closedBy: 'worker', endReason: null, outcome: 'ENGAGED' };
    expect(beforeJoining([reached, joined('CLOSED')])).toEqual(ended);
    const stopped = step('stop', 'OPEN', 'CLOSED', { reason: 'NOT_TRIED_IN_TIME', agencyId: null });
    const late = { closedBy: null, endReason: 'NOT_TRIED_IN_TIME', outcome: null };
    expect(beforeJoining([reached, stopped, joined('CLOSED')])).toEqual({ ...ended, ...late });
    const none = { endReason: null, outcome: null };
    expect(beforeJoining([step('close', 'OPEN', 'CLOSED'), joined('CLOSED')])).toEqual({ ...ended, ...none });
    expect([beforeEnding([reached]), beforeEnding([stopped]), beforeEnding([])]).toEqual(['REACHED', 'OPEN', 'OPEN']);
    expect(beforeEnding([step('close', 'TRIED', 'CLOSED')])).toBe('TRIED');
  });

  it('keeps what keeps people safe, and nobody else’s home', () => {
    const row = { kind: 'SURVIVOR', programId: 'ours', toProgramId: null, latitude: null, longitude: null };
    const own = { ...row, ...{ safetyNote: null, isFamilyAware: null, mayContactAgain: null } };
    const other = { ...row, safetyNote: 'Dog', isFamilyAware: false, mayContactAgain: null };
    const homeless = { ...own, address: null, addressBasis: null } as Told;
    const found = { ...other, address: '9 Found Street', addressBasis: 'TEAM' } as Told;
    expect(partedFromOther(homeless, found)).toEqual({ ...homeless, safetyNote: 'Dog', isFamilyAware: false });
    expect(partedFromOther(homeless, undefined)).toEqual(homeless);
  });
});
