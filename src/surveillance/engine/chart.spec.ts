import { drawChart, type ChartDay } from './chart';
import { daysUpTo, PlaceClock } from './place-clock';

const day = (number: number, count: number | null, expected: number | null = 2): ChartDay => ({
  day: `2026-01-${String(number).padStart(2, '0')}`,
  count,
  expected,
});
const days = [day(1, 0, null), day(2, 3), day(3, null), day(4, 18), day(5, 2, null), day(6, 1)];

describe('the chart of a county', () => {
  const svg = drawChart({ title: 'Ross & <Pike>', days, alerts: [{ from: '2026-01-04', until: '2026-01-05' }] });

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
      '24 events on 5 days, 2026-01-01 to 2026-01-06. 1 days have a count that is not shown. 1 alerts.',
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
    const drawn = drawChart({ title: 'One', days, alerts });
    expect(drawn).toContain('Alert from 2026-01-06, open');
    expect(drawn.match(/Alert from/g)).toHaveLength(1);
    expect(drawn).toContain('3 alerts, one of them open.');
  });

  it('names as many days as fit', () => {
    const many = Array.from({ length: 20 }, (_, n) => day(n + 1, 1));
    expect(drawChart({ title: 'Many', days: many, alerts: [] }).match(/text-anchor="middle"/g)).toHaveLength(7);
  });

  it('draws nothing at all as well', () => {
    expect(drawChart({ title: 'None', days: [], alerts: [] })).toContain('0 events on 0 days, none to none. 0 alerts.');
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
