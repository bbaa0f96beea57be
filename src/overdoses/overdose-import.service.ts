import { Injectable } from '@nestjs/common';
import { isRefusal, type Refusal } from '../kernel/refusal';
import type { PersonInput } from '../people';
import type { SystemTx } from '../platform/database/tx';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { RetractionReason } from './engine/vocabulary';
import { EventJoiningService } from './event-joining.service';
import { OVERDOSE_REPORT_CORRECTED, OVERDOSE_REPORT_RETRACTED, OVERDOSE_REPORTED } from './overdose.events';
import { OverdoseReportsStore, type OverdoseReportRow } from './overdose-reports.store';
import {
  changedBetween,
  factsOfReport,
  keptOf,
  toldBySource,
  withNews,
  type Kept,
  type ReportFacts,
} from './report-facts';
import type { ReportOverdoseInput } from './report-overdose.inputs';

/** Age and sex as facts of the overdose; a public file names nobody. */
type ReportOfNobody = Omit<ReportOverdoseInput, 'person' | 'personId' | 'clientId'> & {
  readonly person?: Pick<PersonInput, 'ageYears' | 'sex'>;
};

/** One report of a file, under the key it has in its source; or word that the source has taken it back. */
export type ImportedReport = { readonly clientId: string } & (
  { readonly report: ReportOfNobody } | { readonly retracted: RetractionReason }
);

export const importEnds = {
  NEW: 'Not on file before',
  CHANGED:
    'The source tells otherwise than before: corrected, or counted again where it had taken it back; what it said is kept',
  RETRACTED: 'The source has taken it back: kept, and counts no more',
  UNCHANGED: 'On file as it is',
} as const;
export type ImportEnd = keyof typeof importEnds;

interface Arrived {
  readonly agencyId: string;
  /** Adapter and version. */
  readonly source: string;
}

interface Before {
  readonly report: OverdoseReportRow;
  /** What its source told of it, where that may differ from what it says. */
  readonly told: Kept | undefined;
  /** Taken back by its source, and not by people of its agency. */
  readonly isRetractedBySource: boolean;
}

const NOBODY = { personId: null, episodeId: null } as const;

/** Reports of a file, many at a time, without a person: what public files tell names nobody. */
@Injectable()
export class OverdoseImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OverdoseReportsStore,
    private readonly joining: EventJoiningService,
  ) {}

  /** Whether reports can be this agency’s. */
  isAgency(agencyId: string): Promise<boolean> {
    return this.store.isAgency(this.unitOfWork.reader(systemActor(NO_AGENCY)), agencyId);
  }

  /**
   * Takes a batch in, in one transaction: new reports, and late news of known ones. Answers per row what became of it. Repeating it
   * changes nothing.
   */
  async take(arrived: Arrived, rows: readonly ImportedReport[]): Promise<(ImportEnd | Refusal)[]> {
    let ends: (ImportEnd | Refusal)[] = [];
    await this.unitOfWork.runAsSystem(
      arrived.agencyId,
      { name: 'importOverdoses', isHousekeeping: true, isBulk: true },
      async (tx) => {
        const keys = rows.map(({ clientId }) => clientId);
        const known = await this.store.claimMany(tx, arrived.agencyId, keys);
        const before = await this.before(tx, known);
        const byKey = new Map(before.map((one) => [one.report.clientId, one]));
        const touched: string[] = [];
        ends = rows.map((row) => {
          const end = this.takeOne(tx, arrived, row, byKey.get(row.clientId));
          if (isRefusal(end)) return end;
          if (end.id !== null) touched.push(end.id);
          return end.end;
        });
        if (touched.length > 0) await this.joining.rejoin(tx.inTrailOf(null), touched);
        return { id: arrived.agencyId };
      },
    );
    return ends;
  }

  private takeOne(
    tx: SystemTx,
    arrived: Arrived,
    row: ImportedReport,
    before: Before | undefined,
  ): { readonly end: ImportEnd; readonly id: string | null } | Refusal {
    if ('retracted' in row) {
      if (!before || before.report.retractedAt !== null) return { end: 'UNCHANGED', id: null };
      this.store.retract(tx, { report: before.report, because: row.retracted });
      return this.said(tx, before.report.id, OVERDOSE_REPORT_RETRACTED, 'RETRACTED');
    }
    const facts = factsOfReport({ ...row.report, clientId: row.clientId }, tx.asOf);
    if (isRefusal(facts)) return facts;
    if (before) return this.takeNews(tx, before, facts);
    const report = { ...facts, ...NOBODY, clientId: row.clientId, source: arrived.source };
    return this.said(tx, this.store.insert(tx, arrived.agencyId, report), OVERDOSE_REPORTED, 'NEW');
  }

  private takeNews(tx: SystemTx, { report, told, isRetractedBySource }: Before, facts: ReportFacts) {
    const news = withNews(report, told ?? keptOf(report), facts);
    // Ours to correct no more, where its agency took it back.
    const isOurs = report.retractedAt === null ? !isSaid(report, news) : isRetractedBySource;
    if (!isOurs) return { end: 'UNCHANGED', id: null } as const;
    if (isRetractedBySource) this.store.reinstate(tx, report.id);
    const { id, personId, episodeId } = report;
    const revision = { because: 'SOURCE_CHANGED', revision: report.revision + 1 } as const;
    this.store.correct(tx, report, { ...news, personId, episodeId }, revision);
    return this.said(tx, id, OVERDOSE_REPORT_CORRECTED, 'CHANGED');
  }

  /** What the source told of reports that were changed since they came: what their agency corrected or took back by hand is not for a file to undo. */
  private async before(tx: SystemTx, known: readonly OverdoseReportRow[]): Promise<Before[]> {
    const changed = known.filter(({ revision }) => revision > 1).map(({ id }) => id);
    const revisions = changed.length === 0 ? [] : await this.store.revisions(tx, changed);
    return known.map((report) => {
      const own = revisions.filter(({ reportId }) => reportId === report.id);
      const last = own.at(-1);
      const isRetractedBySource = last?.because === 'RETRACTED' && last.byActor === tx.actor.id;
      return { report, told: toldBySource(own), isRetractedBySource };
    });
  }

  private said(tx: SystemTx, id: string, name: string, end: ImportEnd): { end: ImportEnd; id: string } {
    tx.audit({ action: name, subjectType: 'OverdoseReport', subjectId: id });
    tx.emit({ name, subjectType: 'OverdoseReport', subjectId: id });
    return { end, id };
  }
}

const isSaid = (known: ReportFacts, facts: ReportFacts): boolean =>
  changedBetween(keptOf(known), keptOf(facts)).length === 0;
