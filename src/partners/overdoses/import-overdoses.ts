import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isRefusal, type Refusal } from '../../kernel/refusal';
import { OverdoseImportService, warningsOf, type ImportedReport, type ImportEnd } from '../../overdoses';
import { readCsv } from '../csv/read-csv';
import { Reject } from '../csv/reject';
import { RejectsFile } from '../csv/rejects-file';
import { columnsOf, type OverdoseAdapter } from './adapter';
import {
  exclusionReason,
  isUnfit,
  keyOf,
  rejectReasons,
  tellsPoint,
  toReport,
  type RejectReason,
  type Row,
} from './to-report';

export interface OverdoseImport {
  readonly file: string;
  readonly adapter: OverdoseAdapter;
  /** Whose reports they are. */
  readonly agencyId: string;
  /** Path from which the name of the rejects file is made. */
  readonly rejects: string;
  /** Told the line that was read last. */
  readonly onLine?: (line: number) => void;
}

export interface OverdoseImportFigures {
  /** Rows of the file, without its header. */
  rows: number;
  /** Reports that the rows make: one a victim. */
  reports: number;
  readonly ends: Record<ImportEnd, number>;
  fatal: number;
  withNaloxone: number;
  doses: number;
  timeUnknown: number;
  withPoint: number;
  /** Of those with a point, in a county next to their own: the county counts. */
  pointsInNeighbour: number;
  /** Reports whose point is none or far from their county, and was left out. */
  pointsLeftOut: number;
  rejectedRows: number;
  readonly rejectsByReason: Partial<Record<RejectReason, number>>;
}

export interface OverdoseImportOutcome {
  readonly figures: OverdoseImportFigures;
  /** Null when nothing was left out. */
  readonly rejectsFile: string | null;
}

/** Reports a transaction writes. */
const BATCH = 200;

type LeftOut = Reject<RejectReason>;

interface Victim {
  readonly rows: [Row, ...Row[]];
  readonly lines: number[];
}

interface Found {
  readonly row: Row;
  readonly line: number;
}

const rowsOf = (file: string, adapter: OverdoseAdapter) =>
  readCsv(file, { name: `a file of the adapter ${adapter.name}`, columns: [...new Set(columnsOf(adapter))] });

/** What a row says beside its key, in a few bytes: the key may be written in two ways. */
const printOf = (adapter: OverdoseAdapter, row: Row): string => {
  const said = Object.entries(row).filter(([column]) => !adapter.key.includes(column));
  return createHash('sha256').update(JSON.stringify(said)).digest('base64');
};

/** Why a row with this key begins no report; null: it does. */
const strayIn = (
  adapter: OverdoseAdapter,
  seen: ReadonlyMap<string, string>,
  key: string | null,
  { row, line }: Found,
): LeftOut | null => {
  if (key === null) return new Reject(line, 'NO_KEY', `${adapter.key.join(' + ')} is blank.`);
  const first = seen.get(key);
  if (first === undefined) return null;
  if (adapter.hasRowsPerVictim) return new Reject(line, 'NOT_TOGETHER', 'Its key stood in an earlier row.');
  return first === printOf(adapter, row)
    ? new Reject(line, 'DUPLICATE_ROW', 'The same stood in an earlier row.')
    : new Reject(line, 'KEY_AGAIN', 'Its key stood in an earlier row, which says something else.');
};

/** The rows of one victim together, as they stand in the file; what is left out comes by itself. */
async function* victimsIn(file: string, adapter: OverdoseAdapter): AsyncGenerator<Victim | LeftOut> {
  let open: { readonly key: string | null; readonly victim: Victim } | undefined;
  const seen = new Map<string, string>();
  for await (const found of rowsOf(file, adapter)) {
    if (found instanceof Reject) {
      yield found;
      continue;
    }
    const key = keyOf(adapter, found.row);
    if (open && key === open.key && adapter.hasRowsPerVictim) {
      add(open.victim, found);
      continue;
    }
    const stray = strayIn(adapter, seen, key, found);
    if (stray) yield stray;
    else {
      if (open) yield open.victim;
      seen.set(key ?? '', printOf(adapter, found.row));
      open = { key, victim: { rows: [found.row], lines: [found.line] } };
    }
  }
  if (open) yield open.victim;
}

const add = ({ rows, lines }: Victim, { row, line }: Found): void => {
  rows.push(row);
  lines.push(line);
};

interface Batched {
  readonly report: ImportedReport;
  readonly victim: Victim;
}

/** One run over one file. */
class Run {
  readonly figures: OverdoseImportFigures = {
    rows: 0,
    reports: 0,
    ends: { NEW: 0, CHANGED: 0, RETRACTED: 0, UNCHANGED: 0 },
    fatal: 0,
    withNaloxone: 0,
    doses: 0,
    timeUnknown: 0,
    withPoint: 0,
    pointsInNeighbour: 0,
    pointsLeftOut: 0,
    rejectedRows: 0,
    rejectsByReason: {},
  };
  private batch: Batched[] = [];

  constructor(
    private readonly service: OverdoseImportService,
    private readonly asked: OverdoseImport,
    private readonly rejected: RejectsFile,
  ) {}

  async take(victim: Victim): Promise<void> {
    this.figures.rows += victim.lines.length;
    const report = toReport(this.asked.adapter, victim.rows);
    if (isUnfit(report)) return this.leaveOut(victim, report.reason, report.message);
    this.batch.push({ report, victim });
    if (this.batch.length === BATCH) await this.flush();
  }

  async leaveOutRow(leftOut: LeftOut): Promise<void> {
    this.figures.rows += 1;
    await this.reject(leftOut);
  }

  async flush(): Promise<void> {
    const { agencyId, adapter } = this.asked;
    const batch = this.batch;
    this.batch = [];
    if (batch.length === 0) return;
    const arrived = { agencyId, source: `${adapter.name} ${adapter.version}` };
    const ends = await this.service.take(
      arrived,
      batch.map(({ report }) => report),
    );
    for (const [at, taken] of batch.entries()) await this.settle(taken, ends[at]);
  }

  private async settle({ report, victim }: Batched, end: ImportEnd | Refusal | undefined): Promise<void> {
    if (end === undefined || isRefusal(end)) {
      await this.leaveOut(victim, 'REFUSED', `${end?.details.field ?? ''} ${end?.message ?? ''}`.trim());
    } else if ('report' in report) {
      this.figures.ends[end] += 1;
      this.count(report.report, victim.rows[0]);
    } else {
      // That a row that was never on file is none is no news.
      if (end === 'RETRACTED') this.figures.ends[end] += 1;
      const reason = exclusionReason(this.asked.adapter, victim.rows[0]);
      await this.leaveOut(victim, reason, 'By the adapter’s exclusions.');
    }
  }

  private count(report: Extract<ImportedReport, { report: unknown }>['report'], row: Row): void {
    this.figures.reports += 1;
    this.figures.fatal += Number(report.isFatal);
    this.figures.withNaloxone += Number(report.isNaloxoneGiven);
    this.figures.doses += (report.doses ?? []).reduce((sum, { count }) => sum + (count ?? 0), 0);
    this.figures.timeUnknown += Number(report.isTimeKnown === false);
    const { countyFips, latitude = null, longitude = null } = report.where;
    this.figures.withPoint += Number(latitude !== null);
    this.figures.pointsInNeighbour += warningsOf({ countyFips: countyFips ?? '', latitude, longitude }).length;
    this.figures.pointsLeftOut += Number(latitude === null && tellsPoint(row, this.asked.adapter));
  }

  private async leaveOut({ lines }: Victim, reason: RejectReason, message: string): Promise<void> {
    for (const line of lines) await this.reject(new Reject(line, reason, message));
  }

  private async reject(leftOut: LeftOut): Promise<void> {
    this.figures.rejectedRows += 1;
    this.figures.rejectsByReason[leftOut.reason] = (this.figures.rejectsByReason[leftOut.reason] ?? 0) + 1;
    await this.rejected.add(leftOut);
  }
}

/** A file of incidents into reports of one agency: streamed, in batches, and safe to repeat; late news corrects what is on file. */
@Injectable()
export class OverdoseImporter {
  constructor(private readonly service: OverdoseImportService) {}

  /** Throws when there is no such agency, the file cannot be read or is not of this adapter; batches written before stay, and a repeat goes on from them. */
  async run(asked: OverdoseImport): Promise<OverdoseImportOutcome> {
    if (!(await this.service.isAgency(asked.agencyId))) {
      throw new Error(`There is no agency ${asked.agencyId}: take the id from the query \`agencies\`.`);
    }
    const rejected = new RejectsFile(asked.rejects, rejectReasons);
    const run = new Run(this.service, asked, rejected);
    try {
      for await (const found of victimsIn(asked.file, asked.adapter)) {
        await (found instanceof Reject ? run.leaveOutRow(found) : run.take(found));
        asked.onLine?.(found instanceof Reject ? found.line : Math.max(...found.lines));
      }
      await run.flush();
    } finally {
      await rejected.close();
    }
    return { figures: run.figures, rejectsFile: rejected.path };
  }
}
