import { drawChart } from '../surveillance';
import { drawBars } from './engine/bars';
import type { ReportLine, ReportRow } from './report-row';

type Head = Pick<ReportRow, 'kind' | 'year' | 'county'>;

const titleOf = ({ kind, year, county }: Head): string =>
  `${kind.toLowerCase().replaceAll('_', ' ')}, ${year}, ${county ?? 'all counties'}`;

/** The figures of a report side by side, one bar a figure, hidden ones hatched. Where there are many, those that are nothing but zero are left out. */
export const chartOf = (head: Head, lines: readonly ReportLine[]): string =>
  drawBars({
    title: titleOf(head),
    series: namesOf(lines).map((name) => ({
      name,
      bars: lines.filter((line) => line.name === name).map(({ of, count }) => ({ label: of, count })),
    })),
  });

const MANY = 24;
const namesOf = (lines: readonly ReportLine[]): string[] => {
  const names = [...new Set(lines.map(({ name }) => name))];
  if (names.length <= MANY) return names;
  return names.filter((name) => lines.some((line) => line.name === name && line.count !== 0));
};

/** By month (`M01` …): null is hidden. */
interface SpikeMonths {
  readonly months: readonly string[];
  readonly overdoses: (of: string) => number | null;
  readonly expected: (of: string) => number | null;
  readonly alerts: (of: string) => number;
}

/** Overdoses by month, as many as the year before as the expectation, and the months in which alerts were opened. */
export const spikeChartOf = (head: Head, { months, overdoses, expected, alerts }: SpikeMonths): string => {
  const dayOf = (of: string): string => `${head.year}-${of.slice(1)}-01`;
  return drawChart({
    title: `Overdoses a month, the year before, and months with alerts, ${head.year}, ${head.county ?? 'all counties'}`,
    days: months.map((of) => ({ day: dayOf(of), count: overdoses(of), expected: expected(of) })),
    alerts: months.filter((of) => alerts(of) > 0).map((of) => ({ from: dayOf(of), until: dayOf(of) })),
  });
};
