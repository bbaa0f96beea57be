import type { ReportLine, ReportRow } from './report-row';

/** A cell that a spreadsheet would take for a formula is no cell of ours; quotes and commas are. */
const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

type Head = Pick<ReportRow, 'kind' | 'year' | 'county' | 'asOf' | 'definition' | 'denominator' | 'placedBy'>;

/** RFC 4180, a row a figure; what is hidden is empty, and says so in the last column. */
export const csvOf = (head: Head, lines: readonly ReportLine[]): string =>
  [
    [
      'report',
      'year',
      'county',
      'measure',
      'of',
      'count',
      'is_hidden',
      'counted_at',
      'definition',
      'denominator',
      'placed_by',
    ],
    ...lines.map(({ measure, of, count }) => [
      ...[head.kind, head.year, head.county ?? 'ALL', measure, of],
      ...[count ?? '', count === null ? 'true' : 'false', head.asOf.toISOString()],
      ...[head.definition, head.denominator, head.placedBy],
    ]),
  ]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
