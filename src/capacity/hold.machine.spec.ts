import { isRefusal } from '../kernel/refusal';
import { holdMachine } from './hold.machine';

describe('the hold machine', () => {
  it('keeps a place until exactly one thing ends it', () => {
    expect(holdMachine.initial).toBe('ACTIVE');
    expect(holdMachine.next('ACTIVE', 'extend')).toBe('ACTIVE');
    const ends = (['convert', 'release', 'expire'] as const).map((command) => holdMachine.next('ACTIVE', command));
    expect(ends).toEqual(['CONVERTED', 'RELEASED', 'EXPIRED']);
    for (const state of ['CONVERTED', 'RELEASED', 'EXPIRED'] as const) {
      expect(holdMachine.isFinal(state)).toBe(true);
      expect(isRefusal(holdMachine.next(state, 'release'))).toBe(true);
    }
  });
});
