import { drawBars } from './engine/bars';
import type { ReportLine, ReportRow } from './report-row';

/** The figures of a report side by side, one bar a figure, hidden ones hatched. */
export const chartOf = (
  { kind, year, county }: Pick<ReportRow, 'kind' | 'year' | 'county'>,
  lines: readonly ReportLine[],
): string =>
  drawBars({
    title: `${kind.toLowerCase().replaceAll('_', ' ')}, ${year}, ${county ?? 'all counties'}`,
    series: [...new Set(lines.map(({ name }) => name))].map((name) => ({
      name,
      bars: lines.filter((line) => line.name === name).map(({ of, count }) => ({ label: of, count })),
    })),
  });
