import type { ReportLine, ReportRow } from './report-row';

/** Names of programs come from outside: a cell that a spreadsheet would take for a formula is marked as text. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

type Head = Omit<ReportRow, 'lines' | 'hidden' | 'csv' | 'chart'>;

const COLUMNS = [
  ...['report', 'year', 'county', 'measure', 'of', 'count', 'is_hidden', 'count_year_before', 'is_year_before_hidden'],
  ...['counted_at', 'data_age_minutes', 'period_from', 'period_until', 'definition', 'denominator', 'placed_by'],
];

/** RFC 4180, a row a figure; what is hidden is empty, and says so beside it. */
export const csvOf = (head: Head, lines: readonly ReportLine[]): string =>
  [
    COLUMNS,
    ...lines.map(({ measure, of, count, countYearBefore, isYearBeforeHidden }) => [
      ...[head.kind, head.year, head.county ?? 'ALL', measure, of],
      ...[count ?? '', String(count === null), countYearBefore ?? '', String(isYearBeforeHidden)],
      ...[head.asOf.toISOString(), head.dataAgeMinutes, head.from.toISOString(), head.until.toISOString()],
      ...[head.definition, head.denominator, head.placedBy],
    ]),
  ]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
