import { Thresholds } from './calibration';
import { diceFrom } from './dice';
import { judgePlace, type Judge } from './judge';
import { placeOf, quietTimes, START } from './made-up-place.fixture';
import { endOfDay, type Report } from './place-history';
import { defaultSpikePolicy } from './policy';
import { DAY_MS, HOUR_MS } from './timeline';

const judge: Judge = { policy: defaultSpikePolicy, thresholds: new Thresholds(defaultSpikePolicy) };

describe('reports of a day alone', () => {
  const history = () => placeOf(quietTimes({ days: 300, rate: () => 0.3 }, diceFrom(31)));
  const at = (day: number, hour: number) => START + day * DAY_MS + hour * HOUR_MS;
  const judged = (told: readonly Report[], asOf: number, since?: number) => {
    const known = history();
    for (const report of told) known.add(report);
    return judgePlace(known, { asOf, since, pooled: null }, judge);
  };
  const dayOnly = (day: number, knownAt: number): Report => {
    const occurredAt = endOfDay(at(day, 0), knownAt);
    return { occurredAt, isDayOnly: true, knownAt: Math.max(occurredAt, knownAt), stream: 'EMS' };
  };

  it('stand at the end of it, or where they were told if that was before', () => {
    expect(endOfDay(at(5, 0), at(5, 9))).toBe(at(5, 9));
    expect(endOfDay(at(5, 0), at(7, 9))).toBe(at(6, 0) - 1);
    // Summer time; midnight in Greenwich; some moment of today; told by a clock that runs fast.
    expect(endOfDay(at(5, -1), at(7, 9))).toBe(at(6, 0) - 1);
    expect(endOfDay(at(5, -5), at(7, 9))).toBe(at(6, 0) - 1);
    expect(endOfDay(at(5, 20), at(5, 21))).toBe(at(5, 21));
    expect(endOfDay(at(5, 0), at(4, 23))).toBe(at(5, 0) + 1);
  });

  it('raise an alert within the day, in windows that hold the whole of it', () => {
    const told = [9, 11, 13, 13.5, 14].map((hour) => dayOnly(310, at(310, hour)));
    const verdict = judged(told, at(310, 14));
    expect([verdict.isSpike, verdict.leadingHours]).toEqual([true, 24]);
    const counts = Object.fromEntries(verdict.windows.map(({ hours, count }) => [hours, count]));
    // Since midnight or before: in the last six and twelve hours nobody knows.
    expect(counts).toMatchObject({ 6: 0, 12: 0, 24: 5 });
  });

  it('are judged where they belong when they are told a day late, and never with two days in one', () => {
    const late = [8, 8.2, 8.4, 8.6, 8.8].map((hour) => dayOnly(310, at(311, hour)));
    const verdict = judged(late, at(311, 9), at(310, 0));
    expect([verdict.isSpike, verdict.windowsEnd]).toEqual([true, at(311, 0) - 1]);
    const both = [...late.slice(0, 2), dayOnly(311, at(311, 20)), dayOnly(311, at(311, 21))];
    const day = judged(both, at(311, 21.5)).windows.find(({ hours }) => hours === 24);
    expect(day?.count).toBe(2);
  });

  it('are taken back like others', () => {
    const known = history();
    const before = known.all.length;
    const report = dayOnly(310, at(310, 9));
    known.add(report);
    expect(known.remove({ occurredAt: at(310, 8), isDayOnly: true })).toBe(false);
    expect(known.all.remove(known.all.since!, true)).toBe(false);
    expect([known.remove(report), known.all.length]).toEqual([true, before]);
  });
});
