import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { AgenciesService } from '../agencies';
import { ClocksService } from '../clocks';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { childReportMachine } from './child-report.machine';
import type { CloseChildReportInput, ReportChildInput } from './child-report.inputs';
import { attentionOf } from './engine/settling';
import type { ChildOutcome } from './engine/vocabulary';
import { CHILD_REPORTED } from './notice.events';
import { ChildReportsStore, type ChildReportRow } from './child-reports.store';

const notYours = new Refusal('FORBIDDEN', 'Your role does not take this step.');

/** A child at an event is reported to child services, in words typed for it: nothing is taken from any other record. */
@Injectable()
export class ChildReportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ChildReportsStore,
    private readonly agencies: AgenciesService,
    private readonly clocks: ClocksService,
  ) {}

  report(actor: Actor, input: ReportChildInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'ChildReport', 'submit', NO_FACTS)) return notYours;
      const agencyId = input.childServicesId;
      const services = await this.agencies.agencyFacts(tx, agencyId);
      if (services?.kind !== 'CHILD_SERVICES' || !services.isActive) {
        const remedy = 'Look for one with `agencies(kind: CHILD_SERVICES)`.';
        return invalid('input.childServicesId', 'No child services have this id.', remedy);
      }
      if (!(await this.isSchool(tx, input.schoolId))) {
        return invalid('input.schoolId', 'No school has this id.', 'Look for one with `agencies(kind: SCHOOL)`.');
      }
      const dueAt = (await this.clocks.termsOfAgency(tx, agencyId)).dueAt('CHILD_RECEIVED', tx.asOf);
      const system = tx.asSystem();
      const id = this.store.insert(system, asReported(input));
      const owner = { ownerAgencyId: agencyId, ownerSide: 'PROVIDER', coordinatorAgencyId: null } as const;
      const report = { subjectType: 'ChildReport', subjectId: id, referralId: null };
      this.clocks.start(system, [{ kind: 'CHILD_RECEIVED', ...report, ...owner, dueAt }]);
      tx.audit({ action: CHILD_REPORTED, subjectType: 'ChildReport', subjectId: id, details: { agencyId } });
      tx.emit({ name: CHILD_REPORTED, subjectType: 'ChildReport', subjectId: id });
      return { id };
    });
  }

  receive(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.store.lock(tx, id);
      if (!report) return notFound('report');
      if (!mayDo(actor, 'ChildReport', 'receive', report)) return notYours;
      const to = childReportMachine.next(report.state, 'receive');
      if (isRefusal(to)) return to;
      this.store.receive(tx, id);
      tx.audit({ action: 'child-report.received', subjectType: 'ChildReport', subjectId: id });
      this.clocks.end(tx.asSystem(), ['CHILD_RECEIVED'], [id], 'MET');
      return { id };
    });
  }

  close(actor: Actor, { reportId: id, outcome }: CloseChildReportInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.store.lock(tx, id);
      if (!report) return notFound('report');
      if (!mayDo(actor, 'ChildReport', 'close', report)) return notYours;
      const to = childReportMachine.next(report.state, 'close');
      if (isRefusal(to)) return to;
      const vetted = await this.store.vetted(tx, id);
      if (attentionOf(vetted) === 'CHECK_NOT_PASSED') return notPassed;
      const isPlaced = vetted.some(({ state }) => state === 'PLACED');
      const wrong = outcomeProblem(outcome, isPlaced);
      if (wrong) return wrong;
      this.store.close(tx, id, outcome);
      tx.audit({ action: 'child-report.closed', subjectType: 'ChildReport', subjectId: id, details: { outcome } });
      this.clocks.end(tx.asSystem(), ['CHILD_SETTLED'], [id], 'MET');
      return { id };
    });
  }

  /** There is more to do: somebody may be named again. What it was closed with is on the trail. */
  reopen(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.store.lock(tx, id);
      if (!report) return notFound('report');
      if (!mayDo(actor, 'ChildReport', 'reopen', report)) return notYours;
      const to = childReportMachine.next(report.state, 'reopen');
      if (isRefusal(to)) return to;
      this.store.reopen(tx, id);
      tx.audit({ action: 'child-report.reopened', subjectType: 'ChildReport', subjectId: id });
      return { id };
    });
  }

  /** A report may name none. */
  private async isSchool(reader: Reader, id: string | null | undefined): Promise<boolean> {
    if (id == null) return true;
    const school = await this.agencies.agencyFacts(reader, id);
    return school?.kind === 'SCHOOL' && school.isActive;
  }

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<ChildReportRow>> {
    const rows = await this.store.page(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, reportedAt }) => ({ id, createdAt: reportedAt.toISOString() }));
  }
}

const notPassed = new Refusal('NOT_ELIGIBLE', 'A check of whoever has the child has not passed.', {
  remedy: 'Record a check that has passed, or end the placement.',
});

/** What came of it is what stands on record: a child who is with a caregiver, or who is not. With help in the family it may be either. */
const outcomeProblem = (outcome: ChildOutcome, isPlaced: boolean): Refusal | null => {
  if (outcome === 'SERVICES' || isPlaced === (outcome === 'PLACED')) return null;
  return isPlaced
    ? invalid('input.outcome', 'The child is with a caregiver.', 'Send PLACED or SERVICES, or end the placement first.')
    : invalid('input.outcome', 'The child is with no caregiver.', 'Place the child first, or send what came of it.');
};

const asReported = (input: ReportChildInput) => {
  const { childServicesId: agencyId, schoolId: schoolAgencyId = null, childName = null, ageYears = null } = input;
  const { place, concerns, isInDanger } = input;
  return { agencyId, schoolAgencyId, childName, ageYears, place, concerns, isInDanger };
};
