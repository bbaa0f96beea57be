import type { ReportKind } from './report-kinds';

export interface ReportLine {
  readonly measure: string;
  readonly name: string;
  /** `M01` …, `Q1` …, `Y`, or the value of the group. */
  readonly of: string;
  /** Null: hidden. */
  readonly count: number | null;
  /** The same of the year before. Null: hidden, or nothing of the kind was counted in that year. */
  readonly countYearBefore: number | null;
  readonly isYearBeforeHidden: boolean;
}

export interface ReportRow {
  readonly kind: ReportKind;
  readonly year: number;
  readonly county: string | null;
  readonly definition: string;
  readonly denominator: string;
  readonly placedBy: string;
  /** The period, of Eastern time: from and up to. */
  readonly from: Date;
  readonly until: Date;
  readonly asOf: Date;
  /** Age of the figures when they were asked for. */
  readonly dataAgeMinutes: number;
  readonly lines: readonly ReportLine[];
  readonly hidden: number;
  readonly csv: string;
  readonly chart: string;
}
