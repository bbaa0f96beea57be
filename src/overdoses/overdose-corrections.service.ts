import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { identityOf, identityProblem, PeopleService, PersonLinkingService } from '../people';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { EventJoiningService } from './event-joining.service';
import { OVERDOSE_REPORT_CORRECTED, OVERDOSE_REPORT_RETRACTED } from './overdose.events';
import { OverdoseReportsStore, type OverdoseReportRow } from './overdose-reports.store';
import { bornFault, changedBetween, factsCorrected, keptOf, type ReportFacts } from './report-facts';
import type {
  CorrectOverdoseReportInput,
  RetractOverdoseReportInput,
  SetOverdoseReportApartInput,
} from './report-overdose.inputs';
import { identifies } from './who-it-was';

/** What becomes of a report after it was sent. Nothing is overwritten without a revision that keeps what it said. */
@Injectable()
export class OverdoseCorrectionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OverdoseReportsStore,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly joining: EventJoiningService,
  ) {}

  correct(actor: Actor, input: CorrectOverdoseReportInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.locked(tx, input.reportId, 'correct');
      if (isRefusal(report)) return report;
      const problem = identityProblem(input.person, tx.asOf, 'input.person');
      if (problem) return problem;
      const facts = factsCorrected(report, input, tx.asOf);
      if (isRefusal(facts)) return facts;
      const personId = await this.personOf(tx, report, input, facts);
      if (isRefusal(personId)) return personId;
      const changed = changedBetween(keptOf(report), keptOf(facts));
      if (changed.length === 0 && personId === report.personId) {
        return invalid('input', 'The report says all this already.', 'Send what is to change, or nothing.');
      }
      const episodeId = await this.episodeOf(tx, report, { personId, isFatal: facts.isFatal });
      const revision = { because: input.because, revision: report.revision + 1 };
      this.store.correct(tx, report, { ...facts, personId, episodeId }, revision);
      const fields = [...changed, ...(personId === report.personId ? [] : ['person'])];
      this.say(tx, report, OVERDOSE_REPORT_CORRECTED, { because: input.because, fields });
      const system = tx.asSystem().inTrailOf(null);
      if (personId !== null && personId !== report.personId) await this.linking.place(system, personId);
      await this.joining.rejoin(system, [report.id]);
      return { id: report.id };
    });
  }

  retract(actor: Actor, { reportId, because }: RetractOverdoseReportInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.locked(tx, reportId, 'retract');
      if (isRefusal(report)) return report;
      this.store.retract(tx, { report, because });
      this.say(tx, report, OVERDOSE_REPORT_RETRACTED, { because });
      await this.joining.rejoin(tx.asSystem().inTrailOf(null), [report.id]);
      return { id: report.id };
    });
  }

  /** Answers the same whether or not anything was joined: that others reported it is theirs to tell. */
  setApart(
    actor: Actor,
    { reportId, isApart }: SetOverdoseReportApartInput,
    command: Command,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.locked(tx, reportId, 'setApart');
      if (isRefusal(report)) return report;
      this.store.setApart(tx, report.id, isApart);
      tx.audit({
        action: 'overdose.report-set-apart',
        subjectType: 'OverdoseReport',
        subjectId: report.id,
        details: { isApart },
      });
      await this.joining.rejoin(tx.asSystem().inTrailOf(null), [report.id]);
      return { id: report.id };
    });
  }

  private async locked(
    tx: Tx,
    id: string,
    command: 'correct' | 'retract' | 'setApart',
  ): Promise<OverdoseReportRow | Refusal> {
    const report = await this.store.lock(tx, id);
    if (!report) return notFound('report');
    if (!mayDo(tx.actor, 'OverdoseReport', command, report)) {
      return new Refusal('FORBIDDEN', 'Your role does not change reports of overdoses.');
    }
    if (report.retractedAt === null) return report;
    return new Refusal('ILLEGAL_TRANSITION', 'The report was taken back.', {
      remedy: 'Report the overdose anew, if there was one.',
    });
  }

  /** A name that was missing, or another than was thought; null takes it back. The record of the person stays. */
  private async personOf(
    tx: Tx,
    report: OverdoseReportRow,
    { person, personId, occurredAt }: CorrectOverdoseReportInput,
    facts: ReportFacts,
  ): Promise<string | null | Refusal> {
    if (person && personId) {
      return invalid('input.person', 'A person on file has their name already.', 'Send person or personId.');
    }
    if (identifies(person)) {
      const born = bornFault(person, facts, 'input.person.birthDate');
      return born ?? this.people.takeIn(tx, identityOf(person, 'en'));
    }
    if (personId) return this.onFile(tx, personId, { facts, field: 'input.personId' });
    if (person === null || personId === null) return null;
    return occurredAt && report.personId
      ? this.onFile(tx, report.personId, { facts, field: 'input.occurredAt' })
      : report.personId;
  }

  /** Somebody on file, who was born by then. */
  private async onFile(
    tx: Tx,
    personId: string,
    { facts, field }: { readonly facts: ReportFacts; readonly field: string },
  ): Promise<string | Refusal> {
    const known = await this.people.find(tx, personId);
    return known ? (bornFault(known, facts, field) ?? known.id) : notFound('person');
  }

  private async episodeOf(
    tx: Tx,
    report: OverdoseReportRow,
    { personId, isFatal }: { readonly personId: string | null; readonly isFatal: boolean },
  ): Promise<string | null> {
    if (personId === null) return null;
    if (personId === report.personId && report.episodeId !== null) return report.episodeId;
    return isFatal ? null : this.people.episodeOf(tx, personId, 'NALOXONE_PLUS');
  }

  private say(tx: Tx, { id }: OverdoseReportRow, name: string, details: Readonly<Record<string, unknown>>): void {
    tx.audit({ action: name, subjectType: 'OverdoseReport', subjectId: id, details });
    tx.emit({ name, subjectType: 'OverdoseReport', subjectId: id });
  }
}
