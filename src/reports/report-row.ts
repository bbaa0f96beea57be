import type { ReportKind } from './report-kinds';

export interface ReportLine {
  readonly measure: string;
  readonly name: string;
  /** `M01` …, `Q1` …, `Y`, or the value of the group. */
  readonly of: string;
  /** Null: hidden. */
  readonly count: number | null;
}

export interface ReportRow {
  readonly kind: ReportKind;
  readonly year: number;
  readonly county: string | null;
  readonly definition: string;
  readonly denominator: string;
  readonly placedBy: string;
  readonly asOf: Date;
  readonly lines: readonly ReportLine[];
  readonly hidden: number;
  readonly csv: string;
  readonly chart: string;
}
