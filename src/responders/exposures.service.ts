import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { AgenciesService, counties } from '../agencies';
import { ClocksService, type ClockKind } from '../clocks';
import { addMinutes } from '../kernel/clock';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import type { AddToExposureInput, CloseExposureInput, ReportExposureInput } from './exposure.inputs';
import { exposureMachine } from './exposure.machine';
import { ExposuresStore, type ExposureRow } from './exposures.store';
import { ResponderRules } from './responder-rules';
import { EXPOSURE_MOVED, EXPOSURE_REPORTED } from './responders.events';

const MINUTES_A_DAY = 1440;
const notYours = new Refusal('FORBIDDEN', 'Your role does not take this step.');

interface Asked {
  readonly exposureId: string;
  readonly step: 'add' | 'review' | 'close';
}

/** A responder was exposed: they say so, the safety officer looks at it, and asks once more how they are. */
@Injectable()
export class ExposuresService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ExposuresStore,
    private readonly agencies: AgenciesService,
    private readonly clocks: ClocksService,
    private readonly rules: ResponderRules,
  ) {}

  report(actor: Actor, input: ReportExposureInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'Exposure', 'report', NO_FACTS)) return notYours;
      const wrong = inputProblem(input, tx.asOf, this.rules.mostExposureDays);
      if (wrong) return wrong;
      const { name: responderName } = await this.agencies.nameplate(tx);
      const dueAt = await this.dueAt(tx, 'EXPOSURE_REVIEWED');
      const id = this.store.insert(tx, { ...input, countyFips: input.countyFips ?? null, responderName, dueAt });
      tx.audit({ action: EXPOSURE_REPORTED, subjectType: 'Exposure', subjectId: id });
      tx.emit({ name: EXPOSURE_REPORTED, subjectType: 'Exposure', subjectId: id });
      this.start(tx.asSystem(), 'EXPOSURE_REVIEWED', id, dueAt);
      return { id };
    });
  }

  /** What shows later: hours may pass before somebody is unwell. */
  add(actor: Actor, input: AddToExposureInput, command: Command): Promise<Done | Refusal> {
    const { exposureId, symptoms, naloxoneDoses } = input;
    return this.step(actor, { exposureId, step: 'add' }, command, (tx, row) => {
      if ((symptoms ?? naloxoneDoses ?? input.wentToHospital) == null) return Promise.resolve(nothingAdded);
      this.store.add(tx, row.id, {
        symptoms: symptoms ?? row.symptoms,
        naloxoneDoses: naloxoneDoses ?? row.naloxoneDoses,
        wentToHospital: input.wentToHospital ?? row.wentToHospital,
      });
      return Promise.resolve(null);
    });
  }

  review(actor: Actor, exposureId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { exposureId, step: 'review' }, command, async (tx, { id }) => {
      const dueAt = await this.dueAt(tx, 'EXPOSURE_FOLLOWED_UP');
      this.store.review(tx, id, dueAt);
      const system = tx.asSystem();
      this.clocks.end(system, ['EXPOSURE_REVIEWED'], [id], 'MET');
      this.start(system, 'EXPOSURE_FOLLOWED_UP', id, dueAt);
      return null;
    });
  }

  close(actor: Actor, { exposureId, outcome }: CloseExposureInput, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { exposureId, step: 'close' }, command, (tx, { id }) => {
      this.store.close(tx, id, outcome);
      this.clocks.end(tx.asSystem(), ['EXPOSURE_FOLLOWED_UP'], [id], 'MET');
      return Promise.resolve(null);
    });
  }

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<ExposureRow>> {
    const rows = await this.store.page(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, reportedAt }) => ({ id, createdAt: reportedAt.toISOString() }));
  }

  private step(
    actor: Actor,
    { exposureId, step }: Asked,
    command: Command,
    write: (tx: Tx, row: ExposureRow) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, exposureId);
      if (!row) return notFound('exposure');
      if (!mayDo(actor, 'Exposure', step, row)) return notYours;
      const to = exposureMachine.next(row.state, step);
      if (isRefusal(to)) return to;
      tx.audit({ action: EXPOSURE_MOVED, subjectType: 'Exposure', subjectId: row.id, details: { command: step, to } });
      return (await write(tx, row)) ?? { id: row.id };
    });
  }

  private async dueAt(tx: Tx, kind: ClockKind): Promise<Date> {
    return (await this.clocks.termsOfAgency(tx, tx.actor.agencyId)).dueAt(kind, tx.asOf);
  }

  private start(tx: SystemTx, kind: ClockKind, subjectId: string, dueAt: Date): void {
    const owner = { ownerAgencyId: tx.actor.agencyId, ownerSide: 'PROVIDER', coordinatorAgencyId: null } as const;
    this.clocks.start(tx, [{ kind, subjectType: 'Exposure', subjectId, referralId: null, ...owner, dueAt }]);
  }
}

const nothingAdded = invalid(
  'input',
  'Nothing is added.',
  'Name at least one of symptoms, naloxoneDoses, wentToHospital.',
);

const inputProblem = (
  { occurredAt, countyFips }: ReportExposureInput,
  asOf: Date,
  mostDays: number,
): Refusal | null => {
  if (occurredAt > asOf || occurredAt < addMinutes(asOf, -mostDays * MINUTES_A_DAY)) {
    const remedy = `Send a time of the last ${mostDays} days.`;
    return invalid('input.occurredAt', 'It happened in the last year, and not in the time to come.', remedy);
  }
  if (countyFips != null && !counties().isCounty(countyFips)) {
    return invalid('input.countyFips', 'No county has this code.', 'Look the code up with `counties(state)`.');
  }
  return null;
};
