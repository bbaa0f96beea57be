import { contentName, escaped } from '../../kernel/drawing';

/** One day of a place, or one month. */
export interface ChartStep {
  /** `YYYY-MM-DD` or `YYYY-MM`, of the place. */
  readonly at: string;
  /** `null`: a count that is not shown. */
  readonly count: number | null;
  /** What it is compared with. `null`: there is nothing to compare with. */
  readonly compared: number | null;
}

/** An alert by its first and last step, as far as they lie in the chart; `until` null: open. */
interface Lasting {
  readonly from: string;
  readonly until: string | null;
}
/** How many alerts were opened in a step. */
interface Opened {
  readonly at: string;
  readonly opened: number;
}

export interface Chart {
  readonly title: string;
  readonly unit: 'day' | 'month';
  /** What the line is. */
  readonly line: 'what was expected' | 'the year before';
  readonly steps: readonly ChartStep[];
  /** Whether the last step is not over yet, so that more may come. */
  readonly isLastOpen: boolean;
  readonly alerts: readonly (Lasting | Opened)[];
}

const WIDTH = 960;
const HEIGHT = 320;
const LEFT = 48;
const TOP = 40;
const BOTTOM = 268;
const RIGHT = WIDTH - 16;
const LEAST_SCALE = 4;
const MOST_DATES = 8;
/** How high a suppressed step is drawn, in events: it says that there is a figure, and not which. */
const SUPPRESSED_HEIGHT = 5;

const at = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** A round number of events at or above the highest, so that the axis has whole steps. */
const topOf = (highest: number): number => {
  const scale = 10 ** Math.floor(Math.log10(Math.max(highest, LEAST_SCALE)));
  return Math.max(LEAST_SCALE, [1.2, 2, 4, 8, 12].map((step) => step * scale).find((top) => top >= highest) as number);
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

const scaleOf = (steps: number, top: number): Scale => {
  const width = (RIGHT - LEFT) / Math.max(1, steps);
  return {
    x: (index) => LEFT + index * width,
    y: (value) => BOTTOM - (Math.min(value, top) / top) * (BOTTOM - TOP),
    width,
  };
};

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** From and up to which step an alert is drawn; and what is said of it. */
const bandOf = (steps: readonly ChartStep[], alert: Lasting | Opened): { from: number; to: number; said: string } => {
  if ('opened' in alert) {
    const from = steps.findIndex(({ at }) => at === alert.at);
    return { from, to: from + 1, said: `${many(alert.opened, 'alert')} opened in ${alert.at}` };
  }
  const { from, until } = alert;
  const after = until === null ? -1 : steps.findIndex((step) => step.at > until);
  return {
    from: steps.findIndex((step) => step.at >= from),
    to: after < 0 ? steps.length : after,
    said: `Alert from ${from}${until === null ? ', open' : ` to ${until}`}`,
  };
};

const bands = ({ steps, alerts }: Chart, { x, width }: Scale): string[] =>
  alerts.flatMap((alert) => {
    const { from, to, said } = bandOf(steps, alert);
    if (from < 0 || to <= from) return [];
    return [
      `<rect x="${at(x(from))}" y="${TOP}" width="${at((to - from) * width)}" height="${BOTTOM - TOP}" fill="#fde3cf"><title>${said}</title></rect>`,
    ];
  });

const bars = ({ steps }: Chart, { x, y, width }: Scale, hatched: string): string[] =>
  steps.flatMap(({ at: step, count }, index) => {
    if (count === 0) return [];
    const top = y(count ?? SUPPRESSED_HEIGHT);
    const fill = count === null ? `url(#${hatched})` : '#2f5d8a';
    const said = count === null ? 'not shown' : String(count);
    return [
      `<rect x="${at(x(index) + width * 0.1)}" y="${at(top)}" width="${at(width * 0.8)}" height="${at(BOTTOM - top)}" fill="${fill}"><title>${step}: ${said}</title></rect>`,
    ];
  });

/** A line that breaks where there is nothing to compare with. */
const line = ({ steps }: Chart, { x, y, width }: Scale): string => {
  const points = steps.map(({ compared }, index) =>
    compared === null ? null : `${at(x(index) + width / 2)} ${at(y(compared))}`,
  );
  // A point alone is drawn as one.
  const path = points
    .map((point, index) => {
      if (point === null) return '';
      return points[index - 1] ? `L${point}` : `M${point}h0.1`;
    })
    .join('');
  return `<path d="${path}" fill="none" stroke="#b3541e" stroke-width="2"/>`;
};

const names = ({ steps }: Chart, { x, width }: Scale): string[] => {
  const every = Math.max(1, Math.ceil(steps.length / MOST_DATES));
  return steps.flatMap(({ at: step }, index) =>
    index % every === 0
      ? [`<text x="${at(x(index) + width / 2)}" y="${BOTTOM + 20}" text-anchor="middle">${step}</text>`]
      : [],
  );
};

/** How many alerts, and whether one goes on; of months only how many began there is known. */
const alertsTold = (alerts: Chart['alerts']): string => {
  const total = alerts.reduce((sum, alert) => sum + ('opened' in alert ? alert.opened : 1), 0);
  const open = alerts.filter((alert) => 'until' in alert && alert.until === null).length;
  return `${many(total, 'alert')}${open === 0 ? '' : `, ${open} of them open`}.`;
};

/** What the picture shows, for who does not see it. */
const told = ({ steps, alerts, unit, line: lineIs, isLastOpen }: Chart): string => {
  const shown = steps.flatMap(({ count }) => (count === null ? [] : [count]));
  const few = steps.length - shown.length;
  const sum = shown.reduce((total, count) => total + count, 0);
  const compared = steps.filter(({ compared: other }) => other !== null).length;
  return [
    `${many(sum, 'event')} in ${many(shown.length, unit)}, ${steps[0]?.at ?? 'none'} to ${steps.at(-1)?.at ?? 'none'}.`,
    ...(few === 0 ? [] : [`The count of ${many(few, unit)} is not shown.`]),
    ...(isLastOpen ? [`The last ${unit} is not over.`] : []),
    compared === 0 ? `No line: nothing is known of ${lineIs}.` : `The line over ${many(compared, unit)}: ${lineIs}.`,
    alertsTold(alerts),
  ].join(' ');
};

const captionOf = ({ unit, line: lineIs, isLastOpen, steps }: Chart): string => {
  const isCompared = steps.some(({ compared }) => compared !== null);
  return [
    `Bars: events a ${unit}${isLastOpen ? `, the last ${unit} so far` : ''}.`,
    ...(isCompared ? [`Line: ${lineIs}.`] : []),
    unit === 'day' ? 'Shaded: alert.' : `Shaded: a ${unit} in which an alert was opened.`,
    'Hatched: not shown.',
  ].join(' ');
};

/** Counts by day or month as bars, what they are compared with as a line, alerts as bands. One SVG, readable without its colours and by a screen reader. */
export const drawChart = (chart: Chart): string => {
  const { steps, title } = chart;
  const highest = steps.reduce(
    (most, { count, compared }) => Math.max(most, count ?? SUPPRESSED_HEIGHT, compared ?? 0),
    0,
  );
  const top = topOf(highest);
  const scale = scaleOf(steps.length, top);
  const id = `chart-${contentName(chart)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-told" font-family="sans-serif" font-size="12" fill="#1f2933">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-told">${told(chart)}</desc>`,
    `<defs><pattern id="${id}-few" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="#2f5d8a"/></pattern></defs>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/><text x="${LEFT}" y="24" font-size="15">${escaped(title)}</text>`,
    ...bands(chart, scale),
    ...axis(top),
    ...bars(chart, scale, `${id}-few`),
    line(chart, scale),
    ...names(chart, scale),
    `<text x="${LEFT}" y="${HEIGHT - 8}">${captionOf(chart)}</text>`,
    '</svg>',
  ].join('\n');
};
