import { isRefusal } from '../kernel/refusal';
import { isLive, offerMachine, stateAt } from './offer.machine';

const decideBy = new Date('2026-03-02T16:00:00Z');
const at = (minutes: number): Date => new Date(decideBy.getTime() + minutes * 60_000);

describe('an offer', () => {
  it('is answered once, acknowledged before or not', () => {
    expect(offerMachine.next('PENDING', 'acknowledge')).toBe('ACKNOWLEDGED');
    for (const state of ['PENDING', 'ACKNOWLEDGED'] as const) {
      const ends = (['accept', 'decline', 'expire', 'withdraw'] as const).map((one) => offerMachine.next(state, one));
      expect(ends).toEqual(['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN']);
    }
    expect(isRefusal(offerMachine.next('ACKNOWLEDGED', 'acknowledge'))).toBe(true);
    for (const state of ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'] as const) {
      expect(isLive(state)).toBe(false);
      expect(isRefusal(offerMachine.next(state, 'accept'))).toBe(true);
    }
  });

  it('has expired from the very moment of its deadline on, written down or not', () => {
    for (const state of ['PENDING', 'ACKNOWLEDGED'] as const) {
      expect(stateAt({ state, decideBy }, at(-1))).toBe(state);
      expect(stateAt({ state, decideBy }, decideBy)).toBe('EXPIRED');
      expect(stateAt({ state, decideBy }, at(1))).toBe('EXPIRED');
    }
  });

  it('stays as it was answered when its deadline passes', () => {
    for (const state of ['ACCEPTED', 'DECLINED', 'WITHDRAWN'] as const) {
      expect(stateAt({ state, decideBy }, at(1))).toBe(state);
    }
  });
});
