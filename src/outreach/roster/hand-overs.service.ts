import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { ClocksService } from '../../clocks';
import { invalid, isRefusal, notFound, Refusal } from '../../kernel/refusal';
import type { SystemTx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { outreachCaseMachine, type OutreachCaseCommand } from '../outreach-case.machine';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseKeeping, moved } from './case-keeping';
import type { CaseRow } from './outreach-case.entity';
import type { PlaceOutreachCaseInput } from './outreach-case.inputs';
import { OutreachCasesStore, type OutreachCaseRow } from './outreach-cases.store';
import { OptOuts } from './opt-outs';
import { notYours } from './outreach-cases.refusals';

type Decide = (tx: SystemTx, row: OutreachCaseRow) => Promise<Partial<CaseRow> | Refusal>;

/** From team to team: whoever is to have a case says that they have it, or it goes back. */
@Injectable()
export class HandOversService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachCasesStore,
    private readonly keeping: CaseKeeping,
    private readonly programs: OutreachProgramsStore,
    private readonly clocks: ClocksService,
    private readonly optOuts: OptOuts,
  ) {}

  acknowledge(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id, step: 'acknowledge', command }, (tx, { toProgramId }) =>
      Promise.resolve({ programId: toProgramId, toProgramId: null, acknowledgeBy: null, acknowledgedAt: tx.asOf }),
    );
  }

  /** The team that it was handed to will not have it. */
  giveBack(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id, step: 'takeBack', command }, () =>
      Promise.resolve({ toProgramId: null, acknowledgeBy: null }),
    );
  }

  handOver(actor: Actor, { caseId, programId }: PlaceOutreachCaseInput, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id: caseId, step: 'handOver', command }, async (tx, row) => {
      const program = await this.programs.find(tx, programId);
      if (!program?.isActive || programId === row.programId || !(await this.programs.isManned(tx, programId))) {
        return invalid('input.programId', 'That is no other program at work.', 'See `outreachPrograms`.');
      }
      const terms = await this.clocks.termsOfAgency(tx, program.agencyId);
      const acknowledgeBy = terms.dueAt('OUTREACH_ACKNOWLEDGED', tx.asOf);
      return { toProgramId: programId, fromProgramId: row.programId, acknowledgeBy };
    });
  }

  /** A coordinator takes a case that no program looks after into one of their own. */
  assign(actor: Actor, { caseId, programId }: PlaceOutreachCaseInput, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id: caseId, step: 'assign', command }, async (tx) => {
      const program = await this.programs.find(tx, programId);
      if (!program?.isActive || program.agencyId !== actor.agencyId) {
        const remedy = 'Take it into a program of your own; another is found with `outreachPrograms` and asked.';
        return invalid('input.programId', 'That is no program that your agency leads.', remedy);
      }
      return { programId, acknowledgeBy: null, coordinatorAgencyId: null };
    });
  }

  private take({ actor, id, step, command }: Taken, decide: Decide): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, id);
      if (!row) return notFound('case');
      if (!mayDo(actor, 'OutreachCase', step, row)) return notYours();
      const impossible = outreachCaseMachine.next(row.state, step);
      if (isRefusal(impossible)) return impossible;
      const change = await decide(tx.asSystem(), row);
      if (isRefusal(change)) return change;
      const next = { ...moved(row, step), ...change, isSettled: true };
      const after = await this.optOuts.shownAnew(tx.asSystem(), next);
      await this.keeping.change(tx.asSystem(), { before: row, after, command: step });
      return { id };
    });
  }
}

interface Taken {
  readonly actor: Actor;
  readonly id: string;
  readonly step: OutreachCaseCommand & ('acknowledge' | 'takeBack' | 'handOver' | 'assign');
  readonly command: Command;
}
