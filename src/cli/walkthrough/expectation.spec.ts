import { HIDDEN, isAsExpected, SHOWN } from './expectation';

describe('what a role should see', () => {
  it.each([
    [{ state: 'ACCEPTED', person: null }, { state: 'ACCEPTED' }],
    [{ person: { familyName: 'A' } }, { person: SHOWN }],
    [{ person: null }, { person: HIDDEN }],
    [{ missing: ['A', 'B'] }, { missing: ['A', 'B'] }],
    [{ pools: [{ held: 1, free: 2 }] }, { pools: [{ held: 1 }] }],
  ])('%j is as expected', (found, expected) => {
    expect(isAsExpected(found, expected)).toBe(true);
  });

  it.each([
    [null, { state: HIDDEN }],
    [{ state: 'ACCEPTED' }, { state: HIDDEN }],
    [{ person: null }, { person: SHOWN }],
    [{}, { person: SHOWN }],
    [{ missing: ['A', 'B'] }, { missing: ['A'] }],
    [{ missing: [] }, { missing: ['A'] }],
    [{ rules: null }, { rules: [] }],
    [{ referral: {} }, null],
  ])('%j is not', (found, expected) => {
    expect(isAsExpected(found, expected)).toBe(false);
  });
});
