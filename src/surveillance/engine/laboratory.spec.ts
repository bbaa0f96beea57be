import { coarseResult, weekOf } from './laboratory';

const at = (text: string): Date => new Date(text);
const told: Readonly<Record<string, string>> = { FENTANYL: 'FENTANYL', FENTANYL_ANALOG: 'FENTANYL_ANALOGUE' };

describe('a laboratory’s result, as coarse as it is told', () => {
  it('is of a week that begins on Monday', () => {
    for (const moment of ['2026-11-30T00:00:00Z', '2026-12-03T17:31:07Z', '2026-12-06T23:59:59.999Z']) {
      expect(weekOf(at(moment)).toISOString()).toBe('2026-11-30T00:00:00.000Z');
    }
    expect(weekOf(at('2026-11-29T23:59:59Z')).toISOString()).toBe('2026-11-23T00:00:00.000Z');
  });

  it('names what raises a warning, each once and in one order, and nothing else', () => {
    const moment = { asOf: at('2026-12-03T17:31:07Z'), weeks: 3 };
    const expected = {
      contents: ['FENTANYL', 'FENTANYL_ANALOGUE'],
      issuedAt: at('2026-11-30T00:00:00Z'),
      expiresAt: at('2026-12-21T00:00:00Z'),
    };
    expect(coarseResult(['FENTANYL_ANALOG', 'COCAINE', 'FENTANYL'], told, moment)).toEqual(expected);
    expect(coarseResult(['FENTANYL', 'FENTANYL_ANALOG'], told, moment)).toEqual(expected);
    expect(coarseResult(['COCAINE'], told, moment)).toBeNull();
  });
});
