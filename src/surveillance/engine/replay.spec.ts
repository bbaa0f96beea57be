import { PlaceHistory } from './place-history';
import { replay, type KnownReport } from './replay';
import { DAY_MS, HOUR_MS } from './timeline';
import { ours, type Watcher } from './watch';
import { defaultSpikePolicy } from './policy';

const at = (hours: number, knownAfter = 0): KnownReport => ({
  occurredAt: hours * HOUR_MS,
  knownAt: (hours + knownAfter) * HOUR_MS,
});
const byKnown = (reports: readonly KnownReport[]): readonly KnownReport[] =>
  [...reports].sort((one, other) => one.knownAt - other.knownAt);
/** Every other day one, for a year, and a burst of ten in five hours at the end of it. */
const calm = Array.from({ length: 180 }, (_, n) => at(n * 48));
const burst = Array.from({ length: 10 }, (_, n) => at(180 * 48 + n / 2));
const quietHours = defaultSpikePolicy.quietHours;
const run = (events: readonly KnownReport[], more: { from?: number; watcher?: Watcher; untilHours?: number } = {}) =>
  replay({
    place: '39141',
    events,
    until: (more.untilHours ?? 180 * 48 + 240) * HOUR_MS,
    watcher: more.watcher ?? ours(defaultSpikePolicy),
    pooledOn: () => null,
    quietHours,
    ...(more.from === undefined ? {} : { from: more.from }),
  });

describe('a past period played again', () => {
  it('raises the burst at the report that makes it one, and ends it when it is quiet', () => {
    const [alert, ...more] = run([...calm, ...burst]);
    expect(more).toEqual([]);
    expect(alert?.raisedAt).toBeLessThanOrEqual((180 * 48 + 4) * HOUR_MS);
    expect(alert?.end).toBeGreaterThan((180 * 48 + 24) * HOUR_MS);
    expect(alert?.peak.counts['6h']).toBeGreaterThan(alert?.raised.counts['6h'] ?? 0);
  });

  it('knows of a report when it came in, not when it happened', () => {
    const late = burst.map(({ occurredAt }) => ({ occurredAt, knownAt: occurredAt + 12 * HOUR_MS }));
    const [alert] = run(byKnown([...calm, ...late]));
    expect(alert?.raisedAt).toBeGreaterThanOrEqual((180 * 48 + 12) * HOUR_MS);
    expect(alert?.raised.details).toMatchObject({ notes: expect.arrayContaining(['LATE_REPORT']) as unknown });
  });

  it('makes one alert of a burst whose reports come in over days', () => {
    const trickling = burst.map(({ occurredAt }, n) => ({ occurredAt, knownAt: occurredAt + (12 + 13 * n) * HOUR_MS }));
    const [alert, ...more] = run(byKnown([...calm, ...trickling]), { untilHours: 180 * 48 + 400 });
    expect(more).toEqual([]);
    expect(alert?.end).toBeGreaterThan((180 * 48 + 12 + 13 * 9) * HOUR_MS);
    expect(alert?.end).toBeLessThan((180 * 48 + 12 + 13 * 9 + 60) * HOUR_MS);
  });

  it('tells which sources stand out', () => {
    const streams = ['EMS', 'POLICE'];
    const [alert] = run([...calm, ...burst].map((report) => ({ ...report, streams })));
    expect(alert?.raised.details).toMatchObject({ streams: [{ stream: 'EMS' }, { stream: 'POLICE' }] });
  });

  it('leaves an alert open where the period ends, and judges nothing before it begins', () => {
    expect(run([...calm, ...burst], { untilHours: 180 * 48 + 6 })).toMatchObject([{ end: null }]);
    expect(run([...calm, ...burst], { from: (180 * 48 + 100) * HOUR_MS })).toEqual([]);
    expect(run([])).toEqual([]);
  });

  it('asks a method that looks once a day at midnight only', () => {
    const moments: number[] = [];
    const watcher: Watcher = {
      isDaily: true,
      assess: (_, { asOf }) => {
        moments.push(asOf);
        return { isSpike: moments.length === 2, isQuiet: true, score: 1, counts: {}, expected: {}, details: {} };
      },
    };
    const alerts = run([at(1), at(30)], { watcher, untilHours: 240 });
    expect(moments.every((moment) => moment % DAY_MS === 0)).toBe(true);
    expect(moments).toHaveLength(10);
    expect(alerts).toHaveLength(1);
  });
});

it('counts an event once, and once in each source that reported it', () => {
  const history = new PlaceHistory('39141');
  const both = { occurredAt: HOUR_MS, streams: ['EMS', 'POLICE'] };
  history.add(both);
  history.add({ occurredAt: 2 * HOUR_MS, stream: 'EMS' });
  expect([history.all.length, ...history.streams.map(([name, { length }]) => `${name} ${length}`)]).toEqual([
    2,
    'EMS 2',
    'POLICE 1',
  ]);
  expect(history.remove({ occurredAt: HOUR_MS, streams: ['HOSPITAL'] })).toBe(false);
  expect(history.remove(both)).toBe(true);
  expect(history.all.length).toBe(1);
});
