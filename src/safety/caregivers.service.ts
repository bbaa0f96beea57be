import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { AgenciesService } from '../agencies';
import { ClocksService } from '../clocks';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { caregiverMachine, type CaregiverCommand } from './caregiver.machine';
import type { ProposeCaregiverInput, RecordCaregiverCheckInput } from './child-report.inputs';
import { ChildReportsStore, type CaregiverRow } from './child-reports.store';
import { attentionOf } from './engine/settling';
import { missingChecks } from './engine/vetting';
import { CHILD_UNSETTLED } from './notice.events';

type CheckMade = Pick<RecordCaregiverCheckInput, 'checkKind' | 'result'>;

const notYours = new Refusal('FORBIDDEN', 'Your role does not take this step.');

/** Everyone to whom a child is sent is vetted: who checked and decided what, when, stays on record. */
@Injectable()
export class CaregiversService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ChildReportsStore,
    private readonly agencies: AgenciesService,
    private readonly clocks: ClocksService,
  ) {}

  propose(actor: Actor, input: ProposeCaregiverInput, command: Command): Promise<Done | Refusal> {
    const { reportId, name, relationship } = input;
    return this.unitOfWork.run(actor, command, async (tx) => {
      const report = await this.store.lock(tx, reportId);
      if (!report) return notFound('report');
      if (!mayDo(actor, 'ChildReport', 'proposeCaregiver', report)) return notYours;
      if (report.state !== 'RECEIVED') return receivedOnly;
      const id = this.store.insertCandidate(tx, { childReportId: reportId, name, relationship });
      const about = { subjectType: 'CaregiverCandidate', subjectId: id };
      tx.audit({ action: 'caregiver.proposed', ...about, details: { reportId } });
      return { id };
    });
  }

  check(actor: Actor, { candidateId, ...made }: RecordCaregiverCheckInput, command: Command) {
    return this.step(actor, { candidateId, step: 'check', made }, command, () => Promise.resolve(null));
  }

  clear(actor: Actor, candidateId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { candidateId, step: 'clear' }, command, async (tx) => {
      const missing = missingChecks(await this.store.stepsOf(tx, [candidateId]));
      if (missing.length === 0) return null;
      const remedy = 'Record the checks that are missing or did not pass.';
      return new Refusal('NOT_ELIGIBLE', 'Not every check has passed.', { missing, remedy });
    });
  }

  reject(actor: Actor, candidateId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { candidateId, step: 'reject' }, command, () => Promise.resolve(null));
  }

  /** The decision that the child goes to them. */
  place(actor: Actor, candidateId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { candidateId, step: 'place' }, command, async (tx, { childReportId }) => {
      // Of two placements of one child at once the second waits here, and sees the first.
      const report = await this.store.lock(tx, childReportId);
      if (report?.state !== 'RECEIVED') return receivedOnly;
      if (!(await this.store.isPlaced(tx, childReportId))) return null;
      const remedy = 'End the placement that there is.';
      return new Refusal('ALREADY_EXISTS', 'The child is with somebody else.', { remedy });
    });
  }

  endPlacement(actor: Actor, candidateId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { candidateId, step: 'endPlacement' }, command, () => Promise.resolve(null));
  }

  private step(
    actor: Actor,
    asked: { readonly candidateId: string; readonly step: CaregiverCommand; readonly made?: CheckMade },
    command: Command,
    obstacle: (tx: Tx, candidate: CaregiverRow) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    const { candidateId: id, step, made } = asked;
    return this.unitOfWork.run(actor, command, async (tx) => {
      const candidate = await this.store.lockCandidate(tx, id);
      if (!candidate) return notFound('candidate');
      if (!mayDo(actor, 'CaregiverCandidate', step, candidate)) return notYours;
      const to = caregiverMachine.next(candidate.state, step);
      if (isRefusal(to)) return to;
      const refused = await obstacle(tx, candidate);
      if (refused) return refused;
      const { name: byName } = await this.agencies.nameplate(tx);
      this.store.move(tx, candidate, to);
      const { checkKind = null, result = null } = made ?? {};
      this.store.addStep(tx, { candidateId: id, command: step, state: to, byName, checkKind, result });
      const about = { subjectType: 'CaregiverCandidate', subjectId: id };
      tx.audit({ action: 'caregiver.moved', ...about, details: { command: step, to, checkKind, result } });
      if (candidate.state === 'PLACED' || to === 'PLACED') await this.settle(tx, candidate.childReportId);
      return { id };
    });
  }

  /** After what changes where the child is, or with whom: a report that was closed is in hand again where somebody has to see to it. */
  private async settle(tx: Tx, reportId: string): Promise<void> {
    const report = await this.store.lock(tx, reportId);
    if (!report) throw new Error('a candidate of no report');
    const attention = attentionOf(await this.store.vetted(tx, reportId));
    const about = { subjectType: 'ChildReport', subjectId: reportId };
    if (attention === null) {
      this.clocks.end(tx.asSystem(), ['CHILD_SETTLED'], [reportId], 'MET');
      return;
    }
    if (report.state === 'CLOSED') {
      this.store.reopen(tx, reportId);
      tx.audit({ action: 'child-report.reopened', ...about, details: { attention } });
    }
    tx.emit({ name: CHILD_UNSETTLED, ...about });
    const { agencyId: ownerAgencyId } = report;
    const dueAt = (await this.clocks.termsOfAgency(tx, ownerAgencyId)).dueAt('CHILD_SETTLED', tx.asOf);
    const owner = { ownerAgencyId, ownerSide: 'PROVIDER', coordinatorAgencyId: null } as const;
    this.clocks.start(tx.asSystem(), [{ kind: 'CHILD_SETTLED', ...about, referralId: null, ...owner, dueAt }]);
  }
}

const receivedOnly = new Refusal('ILLEGAL_TRANSITION', 'The report is not in hand.', {
  remedy: 'Receive it first; a closed one takes nobody any more.',
});
