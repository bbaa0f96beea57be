/** One day of a place. */
export interface ChartDay {
  /** `YYYY-MM-DD`, of the place. */
  readonly day: string;
  /** `null`: a count that is not shown. */
  readonly count: number | null;
  /** `null`: nothing was expected yet, because the place was new. */
  readonly expected: number | null;
}

export interface Chart {
  readonly title: string;
  readonly days: readonly ChartDay[];
  /** First and last day of each alert, as far as they lie in the chart; `until` null: open. */
  readonly alerts: readonly { readonly from: string; readonly until: string | null }[];
}

const WIDTH = 960;
const HEIGHT = 320;
const LEFT = 48;
const TOP = 40;
const BOTTOM = 268;
const RIGHT = WIDTH - 16;
const LEAST_SCALE = 4;
const MOST_DATES = 8;
/** How high a suppressed day is drawn, in events: it says that there were some, and not how many. */
const SUPPRESSED_HEIGHT = 5;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) as number};`);
const at = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** A round number of events at or above the highest, so that the axis has whole steps. */
const topOf = (highest: number): number => {
  const scale = 10 ** Math.floor(Math.log10(Math.max(highest, LEAST_SCALE)));
  return Math.max(LEAST_SCALE, [1, 2, 4, 5, 8, 10].map((step) => step * scale).find((top) => top >= highest) as number);
};

const axis = (top: number): string[] =>
  [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const y = at(BOTTOM - share * (BOTTOM - TOP));
    const label = at(share * top);
    return `<line x1="${LEFT}" y1="${y}" x2="${RIGHT}" y2="${y}" stroke="#d7dce2"/><text x="${LEFT - 8}" y="${y}" text-anchor="end" dominant-baseline="middle">${label}</text>`;
  });

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
}

const scaleOf = (days: number, top: number): Scale => {
  const width = (RIGHT - LEFT) / Math.max(1, days);
  return {
    x: (index) => LEFT + index * width,
    y: (value) => BOTTOM - (Math.min(value, top) / top) * (BOTTOM - TOP),
    width,
  };
};

const bands = ({ days, alerts }: Chart, { x, width }: Scale): string[] =>
  alerts.flatMap(({ from, until }) => {
    const first = days.findIndex(({ day }) => day >= from);
    const after = until === null ? -1 : days.findIndex(({ day }) => day > until);
    const end = after < 0 ? days.length : after;
    if (first < 0 || end <= first) return [];
    return [
      `<rect x="${at(x(first))}" y="${TOP}" width="${at((end - first) * width)}" height="${BOTTOM - TOP}" fill="#fde3cf"><title>Alert from ${from}${until === null ? ', open' : ` to ${until}`}</title></rect>`,
    ];
  });

const bars = ({ days }: Chart, { x, y, width }: Scale): string[] =>
  days.flatMap(({ day, count }, index) => {
    if (count === 0) return [];
    const top = y(count ?? SUPPRESSED_HEIGHT);
    const fill = count === null ? 'url(#few)' : '#2f5d8a';
    const said = count === null ? 'not shown' : String(count);
    return [
      `<rect x="${at(x(index) + width * 0.1)}" y="${at(top)}" width="${at(width * 0.8)}" height="${at(BOTTOM - top)}" fill="${fill}"><title>${day}: ${said}</title></rect>`,
    ];
  });

/** The expectation as a line that breaks where nothing was expected. */
const line = ({ days }: Chart, { x, y, width }: Scale): string => {
  const points = days.map(({ expected }, index) =>
    expected === null ? null : `${at(x(index) + width / 2)} ${at(y(expected))}`,
  );
  const path = points
    .map((point, index) => (point === null ? '' : `${points[index - 1] ? 'L' : 'M'}${point}`))
    .join('');
  return `<path d="${path}" fill="none" stroke="#b3541e" stroke-width="2"/>`;
};

const dates = ({ days }: Chart, { x, width }: Scale): string[] => {
  const every = Math.max(1, Math.ceil(days.length / MOST_DATES));
  return days.flatMap(({ day }, index) =>
    index % every === 0
      ? [`<text x="${at(x(index) + width / 2)}" y="${BOTTOM + 20}" text-anchor="middle">${day}</text>`]
      : [],
  );
};

/** What the picture shows, for who does not see it. */
const told = ({ days, alerts }: Chart): string => {
  const shown = days.flatMap(({ count }) => (count === null ? [] : [count]));
  const few = days.length - shown.length;
  const sum = shown.reduce((total, count) => total + count, 0);
  const hidden = few === 0 ? '' : ` ${few} days have a count that is not shown.`;
  const open = alerts.some(({ until }) => until === null) ? ', one of them open' : '';
  return `${sum} events on ${shown.length} days, ${days[0]?.day ?? 'none'} to ${days.at(-1)?.day ?? 'none'}.${hidden} ${alerts.length} alerts${open}.`;
};

/** Counts by day as bars, what was expected as a line, alerts as bands. One SVG, readable without its colours and by a screen reader. */
export const drawChart = (chart: Chart): string => {
  const highest = chart.days.reduce(
    (most, { count, expected }) => Math.max(most, count ?? SUPPRESSED_HEIGHT, expected ?? 0),
    0,
  );
  const top = topOf(highest);
  const scale = scaleOf(chart.days.length, top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title chart-told" font-family="sans-serif" font-size="12" fill="#1f2933">`,
    `<title id="chart-title">${escaped(chart.title)}</title><desc id="chart-told">${told(chart)}</desc>`,
    '<defs><pattern id="few" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="#2f5d8a"/></pattern></defs>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/><text x="${LEFT}" y="24" font-size="15">${escaped(chart.title)}</text>`,
    ...bands(chart, scale),
    ...axis(top),
    ...bars(chart, scale),
    line(chart, scale),
    ...dates(chart, scale),
    `<text x="${LEFT}" y="${HEIGHT - 8}">Bars: events a day. Line: expected. Shaded: alert. Hatched: some, not shown.</text>`,
    '</svg>',
  ].join('\n');
};
