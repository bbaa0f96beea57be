import { addMinutes, ageOn, minutesBetween } from './clock';
import { isUuid } from './id';
import { invalid, isRefusal, notFound, Refusal } from './refusal';
import { refusalCodes } from './refusal-codes';
import { agencyKinds, keysOf } from './vocabulary';

describe('the kernel', () => {
  it('counts completed years on either side of a birthday', () => {
    const on = new Date('2026-03-15T12:00:00Z');
    const ages = ['1990-03-14', '1990-03-15', '1990-03-16', '1990-02-28', '1990-04-01'].map((born) => ageOn(born, on));
    expect(ages).toEqual([36, 36, 35, 36, 35]);
  });

  it('adds and measures minutes', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    expect(minutesBetween(at, addMinutes(at, 90))).toBe(90);
  });

  it('knows a UUID by its canonical form', () => {
    expect(['00000000-0000-7000-8000-00000000000a', '00000000000070008000', ''].map(isUuid)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('says no with a code, a field and a remedy', () => {
    expect(invalid('input.x', 'No.', 'Do y.')).toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'input.x', remedy: 'Do y.' },
    });
    expect(notFound('offer').message).toBe('No such offer.');
    expect([new Refusal('NO_CAPACITY', ''), new Error('x')].map(isRefusal)).toEqual([true, false]);
    expect(new Refusal('NO_CAPACITY', '').details).toEqual({});
  });

  it('describes every code and every word of its lists', () => {
    expect(
      [
        ...keysOf(refusalCodes).map((code) => refusalCodes[code]),
        ...keysOf(agencyKinds).map((kind) => agencyKinds[kind]),
      ].every((text) => text.length > 5),
    ).toBe(true);
  });
});
