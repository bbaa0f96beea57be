import { Injectable } from '@nestjs/common';
import { addMinutes } from '../../kernel/clock';
import { isRefusal, notFound, type Refusal } from '../../kernel/refusal';
import { OverdosesService } from '../../overdoses';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import type { SystemTx } from '../../platform/database/tx';
import { UnitOfWork, type Done } from '../../platform/database/unit-of-work';
import { DueSweep } from '../../platform/jobs/due-sweep';
import { tryEach } from '../../platform/jobs/try-each';
import { isContact, type EndReason, type OutreachCaseState } from '../engine/vocabulary';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseKeeping, ended, moved } from './case-keeping';
import { FlaggedRowsStore } from './flagged-rows.store';
import { OptOuts } from './opt-outs';
import type { CaseRow } from './outreach-case.entity';
import { OutreachCasesStore } from './outreach-cases.store';
import { RosterService } from './roster.service';
import { RosterStore, type DueCase } from './roster.store';

const BATCH = 100;
const ROUNDS = 50;
/** Minutes after midnight UTC: before dawn from coast to coast. */
const NIGHT_ENDS = 540;

/** Why time ended a case, by how far it was. */
const reasonOf: Readonly<Partial<Record<OutreachCaseState, EndReason>>> = {
  OPEN: 'NOT_TRIED_IN_TIME',
  HANDED_OVER: 'NOT_TRIED_IN_TIME',
  UNASSIGNED: 'NO_PROGRAM',
  TRIED: 'NOT_REACHED_IN_TIME',
};

/** What time does to the roster: nothing waits in silence, and nothing is dropped. */
@Injectable()
export class OverdueService {
  /** Since this process has seen that every overdose is on the roster, the database itself keeps it so. */
  #isWhole = false;
  #comparedOn = '';
  readonly #outgrown = new DueSweep({ batch: BATCH, atOnce: 1 });
  readonly #outgrownFlags = new DueSweep({ batch: BATCH, atOnce: 1 });
  readonly #takenBack = new DueSweep({ batch: BATCH, atOnce: 1 });
  readonly #stopped = new DueSweep({ batch: BATCH, atOnce: 1 });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: RosterStore,
    private readonly cases: OutreachCasesStore,
    private readonly keeping: CaseKeeping,
    private readonly overdoses: OverdosesService,
    private readonly flagged: FlaggedRowsStore,
    private readonly roster: RosterService,
    private readonly optOuts: OptOuts,
    private readonly programs: OutreachProgramsStore,
  ) {}

  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const steps = [
      () => (this.#isWhole ? Promise.resolve() : this.placeOld()),
      () => this.placeAnew(),
      () =>
        this.#takenBack.run(
          (limit, resting) => this.store.toTakeBack(reader, limit, resting),
          (due) => this.takeBack(due),
        ),
      () =>
        this.#stopped.run(
          (limit, resting) => this.store.toStop(reader, limit, resting),
          (due) => this.stop(due),
        ),
      () => this.compareHomes(),
    ];
    await tryEach(steps, (step) => step());
  }

  /** Overdoses from before there was a roster. */
  private async placeOld(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    for (let round = 0; round < ROUNDS; round++) {
      const ids = await this.store.unplaced(reader, BATCH);
      if (ids.length === 0) {
        this.#isWhole = true;
        return;
      }
      await this.look(ids);
    }
  }

  /** People who are known to be one, or not to be, since their rows were placed. */
  private async placeAnew(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    // One that stays where it is would be found again and again: it rests. One that moved may have to move again at once.
    const kinds = [
      () =>
        this.#outgrown.run(
          (limit, resting) => this.store.outgrown(reader, limit, resting),
          async ({ id }) => {
            await this.look([id]);
            return !(await this.store.isOutgrown(reader, id));
          },
        ),
      () =>
        this.#outgrownFlags.run(
          (limit, resting) => this.flagged.outgrown(reader, limit, resting),
          async ({ id }) => {
            await this.placeFlagged(id);
            return !(await this.flagged.isOutgrown(reader, id));
          },
        ),
    ];
    await tryEach(kinds, (kind) => kind());
  }

  private placeFlagged(id: string): Promise<Done | Refusal> {
    return this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'placeFlagged', isHousekeeping: true }, async (tx) => {
      await this.roster.placeFlagged(tx.inTrailOf(null), id);
      return { id };
    });
  }

  /** Once a night, what teams typed by day and what is held, with all that opted out: before the plans of the day are made. */
  private async compareHomes(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const now = await this.programs.now(reader);
    const night = addMinutes(now, -NIGHT_ENDS).toISOString().slice(0, 10);
    if (night === this.#comparedOn) return;
    let ids = await this.store.toCompare(reader, null, BATCH);
    while (ids.length > 0) {
      const some = ids;
      await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'compareHomes', isHousekeeping: true }, async (tx) => {
        const system = tx.inTrailOf(null);
        this.store.takeTurn(system);
        await this.optOuts.settle(system, await this.store.rowsById(system, some));
        return { id: NO_AGENCY };
      });
      ids = await this.store.toCompare(reader, some.at(-1) ?? null, BATCH);
    }
    this.#comparedOn = night;
  }

  private look(eventIds: readonly string[]): Promise<Done | Refusal> {
    return this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'placeOverdoses', isHousekeeping: true }, async (tx) => {
      await this.overdoses.lookAgain(tx, eventIds);
      return { id: NO_AGENCY };
    });
  }

  private takeBack(due: DueCase): Promise<boolean> {
    return this.change(due, 'takeBackOutreachCase', 'takeBack', (row, asOf) =>
      row.state === 'HANDED_OVER' && row.acknowledgeBy !== null && row.acknowledgeBy <= asOf
        ? { ...moved(row, 'takeBack'), toProgramId: null, acknowledgeBy: null, isSettled: true }
        : null,
    );
  }

  private stop(due: DueCase): Promise<boolean> {
    return this.change(due, 'stopOutreachCase', 'stop', (row, asOf) => {
      if (row.closedAt !== null || row.stopAt > asOf) return null;
      const byState = reasonOf[row.state] ?? null;
      const reason = row.heldFor !== null && byState !== null ? 'OPT_OUT_UNDECIDED' : byState;
      return ended(row, 'stop', { at: asOf, by: null, reason });
    });
  }

  private async change(
    { id, agencyId }: DueCase,
    name: 'takeBackOutreachCase' | 'stopOutreachCase',
    command: 'takeBack' | 'stop',
    next: (row: CaseRow, asOf: Date) => CaseRow | null,
  ): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId ?? NO_AGENCY, { name }, async (tx) => {
      const [row] = await this.store.rowsById(tx, [id]);
      const after = row ? next(row, tx.asOf) : null;
      if (!row || after === null) return notFound(`case to ${command}`);
      const outcome = row.state === 'REACHED' ? await this.outcomeOf(tx, id) : null;
      const shown = await this.optOuts.shownAnew(tx, after);
      await this.keeping.change(tx, { before: row, after: { ...shown, outcome }, command });
      if (outcome !== null && row.mayContactAgain) await this.keeping.followUp(tx, row);
      return { id };
    });
    return !isRefusal(done);
  }

  private async outcomeOf(tx: SystemTx, id: string) {
    const contacts = (await this.cases.attempts(tx, [id])).filter(({ result }) => isContact(result));
    return contacts.at(-1)?.result ?? null;
  }
}
