import type { FaultPlayed } from '../history/history';
import { longestRecovery, recovery } from './recovery';

const took = (milliseconds: number, of = 'api-1') => ({
  of,
  what: `${of} after the server killed`,
  at: 100,
  milliseconds,
});
const itself: FaultPlayed = { name: 'kill-server', detail: '', from: 50, to: 60_000 };
const fault = (name: string, detail: string, from = 1_000, to = 2_000): FaultPlayed => ({ name, detail, from, to });
const found = (one: ReturnType<typeof took>, ...faults: FaultPlayed[]): string[] =>
  recovery({ recoveries: [one], faults: [...faults, itself] }).map(({ what }) => what);

describe('a recovery', () => {
  it('may take five seconds', () => {
    expect(found(took(5_000))).toEqual([]);
    expect(found(took(5_001))).toEqual(['api-1 after the server killed took 5001 ms']);
  });

  it('may take until five seconds after another fault is out of its way, and no longer', () => {
    const cut = fault('cut-database', 'api-1');
    expect(found(took(7_900), cut)).toEqual([]);
    expect(found(took(7_901), cut)).toEqual([
      'api-1 after the server killed took 7901 ms, longer than cut-database explains',
    ]);
    const late = fault('lock-table', 'offer for 1 ms', 7_000, 9_000);
    expect(found(took(14_900), late, cut)).toEqual([]);
    expect(found(took(14_901), late, cut)).toHaveLength(1);
    expect(found(took(5_001), late)).toHaveLength(1);
  });

  it('is not held up by what happens to another program’s lines', () => {
    expect(found(took(5_001), fault('half-open', 'api-2'))).toHaveLength(1);
    expect(found(took(5_001), fault('half-open', 'api-1'))).toEqual([]);
    expect(found(took(5_001, 'news'), fault('half-open', 'api-1'))).toHaveLength(1);
    expect(found(took(5_001, 'news'), fault('half-open', 'worker-2'))).toEqual([]);
    expect(found(took(5_001), fault('kill-api', 'api-2'))).toEqual([]);
    expect(found(took(5_001), fault('skew-clock', 'api-1'))).toHaveLength(1);
  });

  it('is told by the longest that nothing hindered, and beside it the longest of those that something did', () => {
    const recoveries = [took(900), { ...took(20_000, 'news'), at: 70_000 }, { ...took(80), at: 200 }];
    expect(longestRecovery({ recoveries: [], faults: [] })).toBe('longest recovery 0 ms');
    expect(longestRecovery({ recoveries, faults: [fault('half-open', 'worker-1', 69_000, 71_000)] })).toBe(
      'longest recovery 900 ms, beside other faults 20000 ms (news after the server killed; half-open)',
    );
  });
});
