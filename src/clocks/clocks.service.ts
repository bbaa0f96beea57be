import { Injectable } from '@nestjs/common';
import { isRefusal, notFound } from '../kernel/refusal';
import type { LevelOfCare } from '../kernel/vocabulary';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { kindsOfNeed, type ClockAnswer, type ClockEnd, type ClockKind } from './clock-kinds';
import type { ClockEntity } from './clock.entity';
import { CLOCK_BREACHED, CLOCK_ESCALATED, CLOCK_REMINDED } from './clock.events';
import { ClocksStore, type PlaceRow, type StartedClock } from './clocks.store';
import { clockDefinitions, type Definition } from './definitions';
import { dueAt } from './due-at';
import type { BellCalendar } from './engine/bells';
import { advance, type Rung } from './engine/ladder';
import { dueByBell } from './next-bell';

/** A clock to start: of which kind, on what, and who has to act. */
export type NewClock = Pick<
  StartedClock,
  'kind' | 'subjectType' | 'subjectId' | 'referralId' | 'ownerAgencyId' | 'ownerSide' | 'coordinatorAgencyId' | 'dueAt'
> & {
  /** Earlier than now where the clock counts from a request; now unless given. */
  readonly startedAt?: Date;
};

/** The lengths that hold at one place. */
export class Terms {
  constructor(
    private readonly place: PlaceRow,
    private readonly definitions = clockDefinitions(),
    private readonly level: LevelOfCare | null = null,
  ) {}

  /** The same where somebody is at this level of care. */
  at(level: LevelOfCare): Terms {
    return new Terms(this.place, this.definitions, level);
  }

  /** The deadline of a clock of this kind that starts at `start`; `bells`: of the school, where its own are known. */
  dueAt(kind: ClockKind, start: Date, bells?: BellCalendar): Date {
    const { definitions } = this;
    const { state, zone, settings } = this.place;
    const definition = definitions.versionAt(start).clocks[kind];
    const lasts =
      settings.find((one) => one.kind === kind)?.lasts ??
      definitions.ofState(state, kind, start)?.lasts ??
      this.lasting(definition);
    const { time } = definition;
    if (time === 'BELL') return dueByBell(lasts, start, bells ?? definitions.bellsOf(state, zone));
    const calendar = definitions.calendarOf(zone, state, start);
    const due = dueAt({ lasts, time }, start, calendar);
    // By the day it comes to, and not by the length: fourteen days and 336 hours differ where the clock is put forward.
    const limit = definitions.legalLimit(state, kind, start);
    const latest = limit ? dueAt({ lasts: limit.lasts, time }, start, calendar) : due;
    return latest < due ? latest : due;
  }

  private lasting({ lasts, lastsByLevel = {} }: Definition): string {
    return (this.level && lastsByLevel[this.level]) ?? lasts;
  }
}

/** Clocks are rows, written in the transaction of the step that starts or ends them. */
@Injectable()
export class ClocksService {
  readonly #due = new DueSweep({ batch: 50, atOnce: 1 });

  constructor(
    private readonly store: ClocksStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The lengths at each program, by its id. */
  async termsOfPrograms(reader: Reader, programIds: readonly string[]): Promise<ReadonlyMap<string, Terms>> {
    const places = await this.store.placesOfPrograms(reader, programIds);
    return new Map(places.map((place) => [place.programId ?? '', new Terms(place)]));
  }

  /** The lengths at one program; it must exist. */
  async termsOfProgram(reader: Reader, programId: string): Promise<Terms> {
    const terms = (await this.termsOfPrograms(reader, [programId])).get(programId);
    if (!terms) throw new Error('a clock was asked for a program that does not exist');
    return terms;
  }

  /** The lengths at an agency that has no program in this; it must exist. */
  async termsOfAgency(reader: Reader, agencyId: string): Promise<Terms> {
    const [place] = await this.store.placesOfAgencies(reader, [agencyId]);
    if (!place) throw new Error('a clock was asked for an agency that does not exist');
    return new Terms(place);
  }

  /** One of the same kind that runs on the same subject already goes on as it is. */
  start(tx: SystemTx, clocks: readonly NewClock[]): void {
    if (clocks.length === 0) return;
    const { version, clocks: definitions } = clockDefinitions().versionAt(tx.asOf);
    this.store.start(
      tx,
      clocks.map(({ startedAt = tx.asOf, ...clock }) => ({
        ...clock,
        startedAt,
        definitionVersion: version,
        nextStepAt: firstLook(startedAt, clock.dueAt, definitions[clock.kind].ladder),
      })),
    );
  }

  /** Ends those that run. MET after the deadline is a breach. */
  end(tx: SystemTx, kinds: readonly ClockKind[], subjectIds: readonly string[], how: ClockEnd): void {
    if (subjectIds.length > 0) this.store.end(tx, { subjectIds, kinds, how });
  }

  /** Ends those that run and need no answer any more, with why; `by`: null where nobody said so of them. */
  endUnanswered(
    tx: SystemTx,
    kinds: readonly ClockKind[],
    subjectIds: readonly string[],
    why: { readonly answer: ClockAnswer; readonly by: string | null },
  ): void {
    if (subjectIds.length > 0) this.store.end(tx, { subjectIds, kinds, how: 'CANCELLED' }, why);
  }

  /**
   * Ends those that run by when it was done, which may be recorded later: a breach that was counted meanwhile and was none is taken
   * back.
   */
  endAsDone(tx: SystemTx, kinds: readonly ClockKind[], subjectIds: readonly string[], doneAt: Date): void {
    if (subjectIds.length > 0) this.store.endAsDone(tx, { subjectIds, kinds, doneAt });
  }

  /** Nothing is left to do: ends what runs on a referral, all of it or of these kinds. */
  endOfReferral(tx: SystemTx, referralId: string, kinds: readonly ClockKind[] | null = null): void {
    this.store.endOfReferral(tx, referralId, kinds);
  }

  /** Another team coordinates a referral: what runs on it is told to that team. */
  lead(tx: SystemTx, referralId: string, agencyId: string): void {
    this.store.lead(tx, referralId, agencyId);
  }

  /** Another deadline for one that runs; its ladder begins anew. */
  move(tx: SystemTx, kind: ClockKind, subjectId: string, due: Date): void {
    const { ladder } = clockDefinitions().versionAt(tx.asOf).clocks[kind];
    this.store.move(tx, subjectId, kind, { dueAt: due, nextStepAt: firstLook(tx.asOf, due, ladder) });
  }

  answer(tx: SystemTx, { kind, subjectId }: ClockEntity, answer: ClockAnswer): void {
    this.store.end(tx, { subjectIds: [subjectId], kinds: [kind], how: 'MET' }, { answer, by: tx.actor.id });
  }

  /** What runs and ran on these subjects, for the room they belong to: it shows it under its own rows of the access table. */
  ofSubjects(reader: Reader, kinds: readonly ClockKind[], subjectIds: readonly string[]): Promise<ClockEntity[]> {
    return this.store.ofSubjects(reader, kinds, subjectIds);
  }

  /** Whether an agency has let a deadline pass of which, in the end or for want of a coordinator, the operator is told. */
  async isOverdueForOperator(ownerAgencyId: string): Promise<boolean> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    return this.store.isOverdue(reader, ownerAgencyId, clockDefinitions().kindsTold('OPERATOR'));
  }

  /** Marks what is breached and takes the rungs whose time has come. May run in any number of workers at once. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await this.#due.run(
      (limit, resting) => this.store.toAdvance(reader, limit, resting),
      ({ id, agencyId }) => this.advance(id, agencyId),
    );
  }

  /** True when this call took a step. */
  async advance(id: string, agencyId: string): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(
      agencyId,
      { name: 'advanceClock', isHousekeeping: true },
      async (tx) => {
        const clock = await this.store.lockToAdvance(tx, id);
        if (!clock) return notFound('clock to advance');
        const isBreached = clock.breachedAt !== null && clock.breachedAt >= clock.dueAt;
        const ladder = clockDefinitions().ladderOf(clock.definitionVersion, clock.kind);
        const step = advance({ ...clock, isBreached }, ladder, tx.asOf);
        const isNow = step.isBreached && !isBreached;
        this.store.advance(tx, id, step, isNow);
        if (isNow) this.tell(tx, clock, CLOCK_BREACHED, {});
        for (const { afterMinutes, tell } of step.told) {
          this.tell(tx, clock, afterMinutes < 0 ? CLOCK_REMINDED : CLOCK_ESCALATED, { tell });
        }
        return { id };
      },
    );
    return !isRefusal(done);
  }

  private tell(tx: SystemTx, clock: ClockEntity, name: string, told: { readonly tell?: string }): void {
    const { kind, subjectType, subjectId, ownerAgencyId, coordinatorAgencyId } = clock;
    const about = { subjectType, subjectId, ...told };
    // Whoever reads the trail may be of an agency that may not read the need.
    const details = kindsOfNeed.includes(kind) ? about : { kind, ...about };
    tx.audit({ action: name, subjectType: 'Clock', subjectId: clock.id, details });
    const payload = { kind, ...about, ownerAgencyId, ...(coordinatorAgencyId && { coordinatorAgencyId }) };
    tx.emit({ name, subjectType: 'Clock', subjectId: clock.id, payload });
  }
}

/** When a clock must be looked at first. One that starts after its deadline is looked at at once. */
const firstLook = (startedAt: Date, due: Date, ladder: readonly Rung[]): Date =>
  advance({ startedAt, dueAt: due, step: 0, isBreached: false }, ladder, new Date(0)).nextAt ?? due;
