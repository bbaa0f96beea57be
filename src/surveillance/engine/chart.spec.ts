import { drawChart, type Chart, type ChartStep } from './chart';
import { daysUpTo, PlaceClock } from './place-clock';

const day = (number: number, count: number | null, compared: number | null = 2): ChartStep => ({
  at: `2026-01-${String(number).padStart(2, '0')}`,
  count,
  compared,
});
const drawn = (title: string, steps: readonly ChartStep[], alerts: Chart['alerts'] = []): string =>
  drawChart({ title, unit: 'day', line: 'what was expected', steps, isLastOpen: true, alerts });
const days = [day(1, 0, null), day(2, 3), day(3, null), day(4, 18), day(5, 2, null), day(6, 1)];

describe('the chart of a county', () => {
  const svg = drawn('Ross & <Pike>', days, [{ from: '2026-01-04', until: '2026-01-05' }]);

  it('draws a bar for each day with events, a line for what was expected, a band for the alert', () => {
    expect(svg.match(/<title>2026-01-\d\d: /g)).toHaveLength(5);
    expect(svg).toContain('2026-01-04: 18');
    expect(svg).toContain('Alert from 2026-01-04 to 2026-01-05');
    // Broken where nothing was expected: the line begins twice.
    expect(
      svg
        .match(/ d="[^"]*"/g)
        ?.at(-1)
        ?.match(/M/g),
    ).toHaveLength(2);
  });

  it('says in words what it shows, and of a small count that it is small', () => {
    expect(svg).toContain(
      '24 events in 5 days, 2026-01-01 to 2026-01-06. The count of 1 day is not shown. The last day is not over. The line over 4 days: what was expected. 1 alert.',
    );
    expect(svg).toContain('2026-01-03: not shown');
  });

  it('lets no title leave its place, and carries no script', () => {
    expect(svg).toContain('Ross &#38; &#60;Pike&#62;');
    expect(svg).not.toMatch(/<script|href|onload/i);
  });

  it('draws open alerts to the end, and leaves out those before and after', () => {
    const alerts = [
      { from: '2026-01-06', until: null },
      { from: '2025-12-01', until: '2025-12-03' },
      { from: '2026-02-01', until: null },
    ];
    const one = drawn('One', days, alerts);
    expect(one).toContain('Alert from 2026-01-06, open');
    expect(one.match(/Alert from/g)).toHaveLength(1);
    expect(one).toContain('3 alerts, 2 of them open.');
  });

  it('says of months that they are months, what the line is, how many alerts began, and draws no line where there is none', () => {
    const months: Omit<Chart, 'steps'> = {
      ...{ title: 'Months', unit: 'month', line: 'the year before', isLastOpen: false },
      alerts: [{ at: '2026-02', opened: 3 }],
    };
    const of = (compared: number | null): string =>
      drawChart({ ...months, steps: ['01', '02'].map((one) => ({ at: `2026-${one}`, count: 20, compared })) });
    expect(of(9)).toContain(
      '40 events in 2 months, 2026-01 to 2026-02. The line over 2 months: the year before. 3 alerts.',
    );
    expect(of(9)).toContain('3 alerts opened in 2026-02');
    expect(of(9)).toContain(
      'Bars: events a month. Line: the year before. Shaded: a month in which an alert was opened.',
    );
    expect(of(null)).toContain('No line: nothing is known of the year before.');
    expect(of(null)).toContain('Bars: events a month. Shaded');
    expect(of(null)).toContain('<path d="" fill="none" stroke="#b3541e"');
  });

  it('has names of its own for its parts, so that two stand in one page', () => {
    const idsOf = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id as string);
    const two = [...idsOf(svg), ...idsOf(drawn('Pike', days))];
    expect(new Set(two).size).toBe(6);
    for (const id of idsOf(svg)) expect(svg.split(id).length).toBeGreaterThan(2);
  });

  it('marks whole numbers of events on its axis', () => {
    for (const count of [1, 5, 7, 10, 45, 99, 101, 1000]) {
      const marks = [...drawn('One', [day(1, count)]).matchAll(/"middle">([^<]+)<\/text>/g)].map(([, mark]) => mark);
      expect(marks.slice(0, 5).filter((mark) => !Number.isInteger(Number(mark)))).toEqual([]);
      expect(Number(marks[4])).toBeGreaterThanOrEqual(count);
    }
  });

  it('names as many days as fit', () => {
    const many = Array.from({ length: 20 }, (_, n) => day(n + 1, 1));
    expect(drawn('Many', many).match(/text-anchor="middle"/g)).toHaveLength(7);
  });

  it('draws nothing at all as well', () => {
    expect(drawn('None', [])).toContain('0 events in 0 days, none to none. The last day is not over. No line');
  });
});

it('counts days by the place’s standard time, in summer and winter', () => {
  const clock = new PlaceClock(-300);
  expect(clock.dayOf(new Date('2026-07-02T04:59:00Z'))).toBe('2026-07-01');
  expect(clock.dayOf(new Date('2026-07-02T05:00:00Z'))).toBe('2026-07-02');
  expect(daysUpTo(clock, new Date('2026-03-01T03:00:00Z'), 3)).toEqual(['2026-02-26', '2026-02-27', '2026-02-28']);
  const moment = new Date('2026-05-05T12:34:56Z');
  expect(clock.moment(clock.read(moment))).toEqual(moment);
});
