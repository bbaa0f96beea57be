import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diceFrom } from '../../src/surveillance/engine/dice';
import { burst, quietTimes, START } from '../../src/surveillance/engine/made-up-place.fixture';
import { DAY_MS, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { Alert } from '../../src/surveillance/engine/replay';
import { atEqualRates } from './equal-rates';
import { evaluate, evaluateFile, policyFor, watchOf } from './evaluate';
import { METHODS, type FileOptions } from './options';
import type { EventFile, FileEvent } from './read-events';
import { asOneAlert } from './one-alert';
import { reference } from './references';
import { readStudyFiles } from './study-files';
import { ours, type Assessment } from '../../src/surveillance/engine/watch';

const folder = join(__dirname, '../../../shared/data/overdoses');
const hasData = existsSync(folder);
if (!hasData) console.warn('Skipped: the public overdose files are not in ../shared/data/overdoses.');

const eventsAt = (times: readonly number[], place = 'all'): FileEvent[] =>
  times
    .toSorted((one, other) => one - other)
    .map((at) => ({
      place,
      occurredAt: at,
      knownAt: at,
      stream: undefined,
      latitude: undefined,
      longitude: undefined,
    }));

const play = (times: readonly number[], isDaily = false) => {
  const policy = policyFor(isDaily, undefined);
  return evaluate(eventsAt(times), ours(policy), policy.quietHours).alerts;
};

const BURST_AT = START + 300 * DAY_MS + 14 * HOUR_MS;

describe('spikes like those that happened', () => {
  it.each([
    { what: '174 in six days in a county with five a day', perDay: 5, count: 174, hours: 144, within: 24 },
    { what: '18 in hours in a town of 6,900', perDay: 0.02, count: 18, hours: 5, within: 2 },
    { what: '52 calls in 32 hours', perDay: 6, count: 52, hours: 32, within: 12 },
    { what: '26 in four hours', perDay: 2, count: 26, hours: 4, within: 2 },
    { what: '14 in a county with a few a month', perDay: 0.15, count: 14, hours: 12, within: 5 },
  ])('$what', ({ perDay, count, hours, within }) => {
    const quiet = quietTimes({ days: 330, rate: () => perDay }, diceFrom(11));
    const found = play([...quiet, ...burst(BURST_AT, count, hours)]).filter(
      ({ raisedAt, end }) => (end ?? Infinity) > BURST_AT && raisedAt < BURST_AT + within * HOUR_MS,
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.end).toBeGreaterThan(BURST_AT);
    expect(found[0]!.end).toBeLessThan(BURST_AT + (hours + 96) * HOUR_MS);
  });
});

describe('the answer', () => {
  const played = eventsAt([
    ...quietTimes({ days: 200, rate: () => 4 }, diceFrom(2)),
    ...burst(START + 150 * DAY_MS, 30, 5),
  ]);
  const file: EventFile = {
    events: played,
    watch: watchOf(played),
    rows: { read: 1, used: 1, unknownTime: 0, unknownPlace: 0, cancelled: 0, duplicate: 0, badCount: 0 },
    isDaily: false,
    hasZone: false,
    notes: [],
  };

  it.each(METHODS)('of %s names place, hour, end, counts and expectation', (method) => {
    const answer = evaluateFile(file, { method } as FileOptions) as Record<string, unknown>;
    expect(answer['alertsPerPlaceYear']).toEqual(expect.any(Number));
    expect(answer['alerts']).toContainEqual(
      expect.objectContaining({
        place: 'all',
        raisedAt: expect.stringMatching(/^2024-05-(30|31)T\d\d:\d\d:\d\d$/),
        end: expect.any(String),
        counts: expect.objectContaining({ '24h': expect.any(Number) }),
        expected: expect.objectContaining({ '24h': expect.any(Number) }),
      }),
    );
  });

  it('says of which places and alerts the history is short, and judges them all the same', () => {
    const young = eventsAt(burst(START + 190 * DAY_MS, 18, 5), 'town');
    const others = ['a', 'b', 'c'].flatMap((place, index) =>
      eventsAt(quietTimes({ days: 200, rate: () => 1 }, diceFrom(20 + index)), place),
    );
    const once = eventsAt([START + 20 * DAY_MS], 'hamlet');
    const events = [...others, ...young, ...once].toSorted((one, other) => one.knownAt - other.knownAt);
    const { notes, alerts } = evaluateFile({ ...file, events, watch: watchOf(events) }, {
      method: 'ours',
    } as FileOptions) as {
      notes: string[];
      alerts: { place: string; notes: string[] }[];
    };
    expect(alerts.find(({ place }) => place === 'town')?.notes).toEqual(['SHORT_HISTORY', 'POOLED_BASELINE']);
    expect(notes.filter((note) => note.startsWith('1 '))).toEqual([
      expect.stringContaining('1 of 5 places have less than 90 days of history'),
      expect.stringContaining('1 of 5 places have fewer than 4 reports'),
      expect.stringContaining('1 alerts are from the first 90 days'),
    ]);
    const placed = evaluateFile(file, { method: 'sd2', lat: 'lat', lon: 'lon' } as FileOptions) as { notes: string[] };
    expect(placed.notes).toContainEqual(expect.stringMatching(/^\d+ of \d+ events have no coordinates/));
    const { notes: ofOld } = evaluateFile(file, { method: 'ours' } as FileOptions) as { notes: string[] };
    expect(ofOld.filter((note) => note.includes('history'))).toEqual([]);
  });

  it('counts the years of a place from its first row on, also of one that counts none', () => {
    const watch = {
      from: new Map([['all', START - 165.25 * DAY_MS]]),
      until: START + 200 * DAY_MS,
      unobserved: new Map(),
    };
    const { alertsPerPlaceYear, alerts, placeYears } = evaluate(played, ours(policyFor(false, undefined)), 48, watch);
    expect([placeYears, alertsPerPlaceYear]).toEqual([1, alerts.length]);
  });

  it('raises nothing by the number of first reports alone, as an import does not, and says so', () => {
    const events = eventsAt([0, 1].flatMap((day) => new Array<number>(25).fill(START + (day + 1) * DAY_MS - 1)));
    const { alerts, notes } = evaluateFile({ ...file, isDaily: true, events, watch: watchOf(events) }, {
      method: 'ours',
    } as FileOptions) as { alerts: unknown[]; notes: string[] };
    expect(alerts).toEqual([]);
    expect(notes).toContainEqual(
      expect.stringMatching(/^1 of 1 places were not judged \(NOT_JUDGED\) in their first 3 days.*: “all”/),
    );
  });

  describe('of a town that has none for a year, and then eighteen in a day', () => {
    const BURST_DAY = START + 350 * DAY_MS - 1;
    const engine = ours(policyFor(true, undefined));
    const daily = (place: string) =>
      eventsAt(
        Array.from({ length: 400 }, (_, day) => START + (day + 1) * DAY_MS - 1),
        place,
      );
    const others = ['P0', 'P1', 'P2'].map(daily);
    const playedWith = (rest: readonly FileEvent[][], count: number, from: number) => {
      const events = [...rest.flat(), ...eventsAt(new Array<number>(count).fill(BURST_DAY), 'Mount Sterling')];
      const known = watchOf(events);
      const watch = { ...known, from: new Map([...known.from, ['Mount Sterling', from]]) };
      return evaluate(events, engine, 48, watch);
    };

    it.each([6, 18])('rows of none are a past: %d raise an alert, alone in the file and beside others', (count) => {
      for (const rest of [[], others]) {
        const { alerts, notJudged } = playedWith(rest, count, START + DAY_MS - 1);
        expect(alerts.map(({ place }) => place)).toEqual(['Mount Sterling']);
        expect(notJudged).not.toContain('Mount Sterling');
      }
    });

    it('others that were reported for a year before its first row are one for its threshold', () => {
      expect(playedWith(others, 18, BURST_DAY).alerts.map(({ place }) => place)).toEqual(['Mount Sterling']);
      // Where the others differ much a town may have many: that it was asked about for a year tells.
      const busy = [
        ...others,
        ...['P3', 'P4', 'P5', 'P6', 'P7'].map((place) => daily(place).filter((_, day) => day % 9 === 0)),
      ];
      const played = playedWith(
        [...busy, [...daily('P8'), ...daily('P8'), ...daily('P8'), ...daily('P8')]],
        18,
        BURST_DAY,
      );
      expect(played.alerts.map(({ place }) => place)).toEqual(['Mount Sterling']);
      // A new source: some more than the others have.
      expect(playedWith(others, 4, BURST_DAY).alerts).toEqual([]);
      // Two teach nothing.
      expect(playedWith(others.slice(1), 18, BURST_DAY)).toMatchObject({ alerts: [], notJudged: ['Mount Sterling'] });
    });
  });

  it('takes days that nobody counted for no days of none', () => {
    const isGap = (day: number) => day >= 60 && day < 140;
    const days = quietTimes({ days: 200, rate: () => 6 }, diceFrom(5))
      .map((at) => (Math.floor(at / DAY_MS) + 1) * DAY_MS - 1)
      .filter((at) => !isGap(Math.floor((at - START) / DAY_MS)));
    const first = Math.floor(START / DAY_MS);
    const gap = new Map(Array.from({ length: 80 }, (_, day) => [first + 60 + day, 1] as const));
    const events = eventsAt(days);
    const engine = ours(policyFor(true, undefined));
    const known = { ...watchOf(events), unobserved: new Map([['all', gap]]) };
    const told = evaluate(events, engine, 48, known);
    // Taken for zeros they make six a day a rise when rows begin again.
    expect(evaluate(events, engine, 48).alerts.length).toBeGreaterThan(told.alerts.length);
    expect([told.alerts.length, told.placeYears]).toEqual([0, expect.closeTo(120 / 365.25, 2)]);
    for (const method of ['sd2', 'earsC2', 'ewma'] as const) {
      const after = evaluate(events, reference(method), 48, known).alerts.filter(
        ({ raisedAt }) => raisedAt > START + 61 * DAY_MS && raisedAt < START + 143 * DAY_MS,
      );
      expect([method, after.length]).toEqual([method, 0]);
    }
  });

  it('is a day late at most for data that say the day only', () => {
    const days = file.events.map(({ occurredAt }) => (Math.floor(occurredAt / DAY_MS) + 1) * DAY_MS - 1);
    const first = play(days, true).find(({ end }) => (end ?? Infinity) > START + 150 * DAY_MS);
    expect(first?.raisedAt).toBe(START + 151 * DAY_MS - 1);
  });
});

describe('counts and clusters of one burst', () => {
  const assessment = (details: object, counts = { '24h': 9 }) =>
    ({ isSpike: true, isQuiet: false, score: 9, counts, expected: { '24h': 1 }, details }) as Assessment;
  const alert = (from: number, hours: number, more: Partial<Alert> = {}): Alert => ({
    ...{ place: 'all', raisedAt: from * HOUR_MS, end: (from + 60) * HOUR_MS, spikesAt: [from * HOUR_MS] },
    ...{ raised: assessment({ leadingHours: hours }), peak: assessment({}) },
    ...more,
  });
  const cluster = (from: number, hours: number, more: Partial<Alert> = {}): Alert =>
    alert(from, hours, { raised: assessment({ cluster: { radiusKm: 1 } }, { [`${hours}h`]: 5 } as never), ...more });

  it('are one alert, raised when the first was', () => {
    const [one, ...others] = asOneAlert([alert(105, 12), cluster(100, 24)]);
    expect([one!.raisedAt, one!.end, others]).toEqual([100 * HOUR_MS, 165 * HOUR_MS, []]);
    expect(one!.raised.details).toMatchObject({ cluster: { radiusKm: 1 }, leadingHours: 12 });
    // The place’s counts, whichever came first.
    for (const [first, second] of [
      [105, 100],
      [100, 105],
    ] as const) {
      const [{ raised }] = asOneAlert([alert(first, 12), cluster(second, 24)]) as [Alert];
      expect([raised.counts, raised.details['cluster']]).toEqual([
        { '24h': 9 },
        { radiusKm: 1, counts: { '24h': 5 }, expected: { '24h': 1 } },
      ]);
    }
    const going = { spikesAt: [100, 150, 200].map((at) => at * HOUR_MS), end: null };
    expect(asOneAlert([alert(100, 6, going), cluster(210, 24)])).toMatchObject([{ end: null }]);
    expect(asOneAlert([alert(100, 6), cluster(100, 72)])).toHaveLength(1);
  });

  it('are two where the later rests on hours in which the earlier was no spike: a false alarm swallows nothing', () => {
    const raised = asOneAlert([cluster(100, 72), alert(120, 12)]).map(({ raisedAt }) => raisedAt / HOUR_MS);
    expect(raised).toEqual([100, 120]);
    expect(asOneAlert([alert(100, 6), cluster(101, 24, { place: 'other' })])).toHaveLength(2);
    expect(asOneAlert([alert(100, 6, { end: 130 * HOUR_MS }), alert(131, 72)])).toHaveLength(2);
  });
});

describe('all rules at one rate of false alarms', () => {
  it('are given what they need for it, ours like the others, and find no less where more may be raised', () => {
    const file = { name: 'made up', events: eventsAt(quietTimes({ days: 150, rate: () => 1 }, diceFrom(4))) };
    const options = { study: '', seed: 1, injections: 2, budget: undefined, rates: [] };
    const [strict, lax] = atEqualRates(file, options, [0, 20]);
    expect(Object.keys(strict!.found)).toEqual(['ours', 'sd2', 'earsC2', 'earsC3', 'ewma']);
    for (const [method, share] of Object.entries(strict!.found)) {
      expect([method, lax!.found[method]! >= share]).toEqual([method, true]);
    }
    expect(strict!.found['ours']).toBeGreaterThan(0);
    expect(lax!.found['ours']).toBeGreaterThan(strict!.found['ours']!);
    expect(strict!.behindIn.every((size) => / in (6|24|48|72) h$/.test(size))).toBe(true);
  });
});

(hasData ? describe : describe.skip)('on the public overdose files', () => {
  // A file of one year in which the budget is one alert may well raise three by chance.
  it('raises alerts about as often as the budget allows', async () => {
    for (const { name, events } of (await readStudyFiles(folder)).slice(0, 2)) {
      const { alertsPerPlaceYear } = evaluate(events, ours(policyFor(false, undefined)), 48);
      expect([name, alertsPerPlaceYear < 4.5]).toEqual([name, true]);
    }
  });
});
