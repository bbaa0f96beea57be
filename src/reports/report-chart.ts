import { drawChart } from '../surveillance';
import { drawBars } from './engine/bars';
import type { ReportLine, ReportRow } from './report-row';

export type ChartHead = Pick<ReportRow, 'kind' | 'year' | 'county' | 'asOf'> & { readonly isRunning: boolean };

const titleOf = ({ kind, year, county }: ChartHead): string =>
  `${kind.toLowerCase().replaceAll('_', ' ')}, ${year}, ${county ?? 'all counties'}`;

/** `2026-01`, `2026 Q1`, `2026`; the value of a group as it is. */
const labelOf = (year: number, of: string): string => {
  if (/^M\d\d$/.test(of)) return `${year}-${of.slice(1)}`;
  if (/^Q\d$/.test(of)) return `${year} ${of}`;
  return of === 'Y' ? String(year) : of;
};

/** The figures of a report side by side, one bar a figure, hidden ones hatched. Where there are many, those that are nothing but zero are left out. */
export const chartOf = (head: ChartHead, lines: readonly ReportLine[]): string => {
  const names = new Set(lines.map(({ name }) => name));
  const drawn = namesOf(lines, names);
  const left = names.size - drawn.length;
  return drawBars({
    title: titleOf(head),
    remark: [
      ...(head.isRunning ? [`Counted until ${head.asOf.toISOString().slice(0, 10)}: the year is not over.`] : []),
      ...(left > 0 ? [`Not drawn, because all is zero: ${left} of ${names.size}.`] : []),
    ].join(' '),
    series: drawn.map((name) => ({
      name,
      bars: lines
        .filter((line) => line.name === name)
        .map(({ of, count }) => ({ label: labelOf(head.year, of), count })),
    })),
  });
};

const MANY = 24;
const namesOf = (lines: readonly ReportLine[], names: ReadonlySet<string>): string[] => {
  if (names.size <= MANY) return [...names];
  return [...names].filter((name) => lines.some((line) => line.name === name && line.count !== 0));
};

/** By month (`M01` …), those that have begun: null is hidden. */
interface SpikeMonths {
  readonly months: readonly string[];
  readonly overdoses: (of: string) => number | null;
  /** Null also where nothing was counted. */
  readonly yearBefore: (of: string) => number | null;
  readonly alerts: (of: string) => number;
}

/** Overdoses by month, as many as the year before as a line, and the months in which alerts were opened. */
export const spikeChartOf = (head: ChartHead, { months, overdoses, yearBefore, alerts }: SpikeMonths): string =>
  drawChart({
    title: `Overdoses a month, the year before, and months with alerts, ${head.year}, ${head.county ?? 'all counties'}`,
    unit: 'month',
    line: 'the year before',
    steps: months.map((of) => ({ at: labelOf(head.year, of), count: overdoses(of), compared: yearBefore(of) })),
    isLastOpen: head.isRunning,
    alerts: months.filter((of) => alerts(of) > 0).map((of) => ({ at: labelOf(head.year, of), opened: alerts(of) })),
  });
