import { readRules } from '../platform/config';
import { Terms } from './clocks.service';
import { ClockDefinitions, type ClockRules } from './definitions';

const shipped = readRules('clocks.json') as ClockRules;
const [first] = shipped.versions as [ClockRules['versions'][number]];
const definitionsWith = (changes: Partial<ClockRules>): ClockDefinitions =>
  new ClockDefinitions(
    { ...shipped, ...changes },
    readRules('holidays.json') as never,
    readRules('bells.json') as never,
  );

const OFFER = 'OFFER_ACKNOWLEDGED';
const later = {
  ...first,
  version: 'clocks-2',
  validFrom: '2027-01-01',
  clocks: { ...first.clocks, [OFFER]: { ...first.clocks[OFFER], lasts: 'PT20M', ladder: [] } },
};
const ofState = { state: 'WV', kind: OFFER, source: 'A rule of the state' } as const;
const states = [
  { ...ofState, lasts: 'PT40M', validFrom: '2026-01-01' },
  { ...ofState, lasts: 'PT50M', validFrom: '2026-06-01' },
];
const minutesAt = (definitions: ClockDefinitions, day: string, place: { state?: string; settings?: never[] } = {}) => {
  const start = new Date(`${day}T12:00:00Z`);
  const { state = 'OH', settings = [] } = place;
  const terms = new Terms({ agencyId: '', programId: null, zone: null, state, settings }, definitions);
  return (terms.dueAt(OFFER, start).getTime() - start.getTime()) / 60_000;
};

describe('how long a clock runs', () => {
  it('is data of the version in force on the day it starts, and its ladder stays that of the version', () => {
    const both = definitionsWith({ versions: [later, first] });
    expect([minutesAt(both, '2026-12-31'), minutesAt(both, '2027-01-01')]).toEqual([30, 20]);
    // Before the first there is the first of the file.
    expect(both.versionAt(new Date('2019-01-01')).version).toBe('clocks-2');
    expect(both.ladderOf('clocks-1', OFFER)).toHaveLength(2);
    expect([both.ladderOf('clocks-2', OFFER), both.ladderOf('clocks-9', OFFER)]).toEqual([[], []]);
    expect(both.kindsTold('OPERATOR')).toContain('BREAK_GLASS_REVIEWED');
  });

  it('is what the state lays down from its day on, and what the operator has set for an agency or program before that', () => {
    const there = definitionsWith({ states });
    const inState = (day: string, settings: unknown[] = []) =>
      minutesAt(there, day, { state: 'WV', settings: settings as never[] });
    expect([inState('2025-12-31'), inState('2026-05-31'), inState('2026-06-01')]).toEqual([30, 40, 50]);
    expect(minutesAt(there, '2026-06-01')).toBe(30);
    // As the store reads them: those of the program first, the latest first.
    const settings = ['PT10M', 'PT15M'].map((lasts) => ({ kind: OFFER, lasts, validFrom: '2026-01-01' }));
    expect([inState('2026-06-01', settings), inState('2026-06-01', settings.slice(1))]).toEqual([10, 15]);
  });

  it('is never longer than the law says, whoever set it, also where the clock is put forward meanwhile', () => {
    const [kind, start] = ['ADMISSION', new Date('2026-03-01T12:00:00Z')] as const;
    const daysWith = (lasts: string | null, rules = definitionsWith({})) => {
      const settings = lasts ? [{ kind, lasts, validFrom: '2026-01-01' }] : [];
      const terms = new Terms(
        { agencyId: '', programId: null, zone: 'America/New_York', state: 'WV', settings },
        rules,
      );
      return (terms.dueAt(kind, start).getTime() - start.getTime()) / 3_600_000;
    };
    expect([null, 'P7D', 'P15D', 'PT336H'].map((lasts) => daysWith(lasts))).toEqual([335, 167, 335, 335]);
    const strict = { state: 'WV', kind, lasts: 'P10D', validFrom: '2026-01-01', source: 'W. Va. Code' } as const;
    const ofStates = (lasts: string) => definitionsWith({ states: [{ ...strict, lasts }] });
    expect([daysWith('P12D', ofStates('P10D')), daysWith(null, ofStates('P20D'))]).toEqual([239, 335]);
    expect(ofStates('P10D').legalLimit('WV', kind, start)).toMatchObject({ lasts: 'P10D', source: 'W. Va. Code' });
    expect(ofStates('P10D').legalLimit('OH', kind, start)).toMatchObject({ lasts: 'P14D' });
    expect(definitionsWith({}).legalLimit('WV', OFFER, start)).toBeNull();
  });

  it('is refused at start where the data is faulty, each fault named', () => {
    const faulty = (clock: object) =>
      definitionsWith({ versions: [{ ...first, clocks: { ...first.clocks, [OFFER]: clock } as never }] });
    const rungs = [0, -30].map((afterMinutes) => ({ afterMinutes, tell: 'OWNER' }));
    expect(() => faulty({ ...first.clocks[OFFER], lasts: 'P1M', ladder: rungs })).toThrow(
      'clocks-1 OFFER_ACKNOWLEDGED: P1M is no length; clocks-1 OFFER_ACKNOWLEDGED: ladder out of order',
    );
    expect(() => faulty(undefined as never)).toThrow('clocks-1 lacks OFFER_ACKNOWLEDGED');
    expect(() => definitionsWith({ versions: [] })).toThrow('no version');
    expect(() => definitionsWith({ states: [{ ...ofState, lasts: 'PT0S', validFrom: '2026-01-01' }] })).toThrow(
      'WV OFFER_ACKNOWLEDGED: no length',
    );
  });
});
