import { Injectable } from '@nestjs/common';
import { ClocksService, type ClockEnd, type NewClock, type Terms } from '../../clocks';
import { isRefusal } from '../../kernel/refusal';
import type { Reader } from '../../platform/database/reader';
import type { SystemTx } from '../../platform/database/tx';
import type { PastStep } from '../engine/parting';
import type { EndReason } from '../engine/vocabulary';
import { visitClock, wantedClocks, type CaseClock, type WantedClock } from '../engine/wanted-clocks';
import { outreachCaseMachine, type OutreachCaseCommand } from '../outreach-case.machine';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { AskedAfterStore } from './asked-after.store';
import type { CaseRow } from './outreach-case.entity';
import { OutreachCasesStore } from './outreach-cases.store';
import { OUTREACH_CASE_CHANGED, OUTREACH_CASE_OPENED } from './outreach.events';

const FOLLOW_UPS = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'] as const;

/** A case that goes on by one command. */
export interface Change {
  readonly before: CaseRow;
  readonly after: CaseRow;
  readonly command: OutreachCaseCommand;
  /** By what was reported, whoever reported it: that is nobody’s to see. */
  readonly isFollowing?: boolean;
}

/** Where a case is after a command; the table throws at what no code may do. */
export const moved = (row: CaseRow, command: OutreachCaseCommand): CaseRow => {
  const state = outreachCaseMachine.next(row.state, command);
  if (isRefusal(state)) throw new Error(`a case cannot ${command} while it is ${row.state}`);
  return { ...row, state };
};

/** Ended by Handrail, or by whoever says why. */
export const ended = (
  row: CaseRow,
  command: 'close' | 'stop' | 'void',
  { at, by, reason }: { readonly at: Date; readonly by: string | null; readonly reason: EndReason | null },
): CaseRow => ({
  ...moved(row, command),
  toProgramId: null,
  acknowledgeBy: null,
  closedAt: row.closedAt ?? at,
  closedBy: by,
  endReason: reason ?? row.endReason,
  callBackAt: null,
  heldFor: null,
  optedOutAddress: null,
});

/** Writes every change of a case: the row, its history, its clocks, the trail and the news, together. */
@Injectable()
export class CaseKeeping {
  constructor(
    private readonly store: OutreachCasesStore,
    private readonly asked: AskedAfterStore,
    private readonly clocks: ClocksService,
    private readonly programs: OutreachProgramsStore,
  ) {}

  async open(tx: SystemTx, row: CaseRow, finder: string | null): Promise<void> {
    this.store.insert(tx, row);
    this.store.addStep(
      tx,
      row.id,
      { command: 'open', fromState: null, toState: row.state, reason: row.endReason },
      true,
    );
    await this.startClocks(tx, row, wantedClocks(row.kind, row.state), finder);
    this.tell(tx, row, OUTREACH_CASE_OPENED, { kind: row.kind, state: row.state });
  }

  async change(tx: SystemTx, { before, after: given, command, isFollowing = false }: Change): Promise<void> {
    const after = { ...given, changedAt: tx.asOf };
    this.store.save(tx, after);
    const reason = after.endReason ?? after.outcome;
    const step = { command, fromState: before.state, toState: after.state, reason };
    this.store.addStep(tx, after.id, step, isFollowing);
    this.followWish(tx, before, after);
    if (command === 'reach' && after.kind === 'AT_RISK') this.store.noteReached(tx, after.id);
    if (after.endReason === 'OPTED_OUT') this.untell(tx, after);
    await this.turnClocks(tx, { before, after, command });
    this.tell(tx, after, OUTREACH_CASE_CHANGED, { command, state: after.state, ...(reason && { reason }) });
  }

  /** What is known of a case changed, and nothing moved. */
  note(tx: SystemTx, before: CaseRow, given: CaseRow): void {
    const after = { ...given, changedAt: tx.asOf };
    this.store.save(tx, after);
    this.followWish(tx, before, after);
    for (const { clock } of wantedClocks(after.kind, after.state)) {
      const due = dueOf(after, clock);
      if (due.getTime() !== dueOf(before, clock).getTime()) this.clocks.move(tx, clock, after.id, due);
    }
    this.tell(tx, after, OUTREACH_CASE_CHANGED, { state: after.state });
  }

  /** Somebody else is to find it a program, from now on. */
  async passOn(tx: SystemTx, given: CaseRow): Promise<void> {
    const after = { ...given, changedAt: tx.asOf };
    this.store.save(tx, after);
    const wanted = wantedClocks(after.kind, after.state);
    const kinds = wanted.map(({ clock }) => clock);
    this.clocks.end(tx, kinds, [after.id], 'CANCELLED');
    await this.startClocks(tx, after, wanted, null);
    this.tell(tx, after, OUTREACH_CASE_CHANGED, { state: after.state });
  }

  /** How they are, a month and three months later: where they agreed to be asked. `from`: what would have been due by then is left out. */
  async followUp(tx: SystemTx, row: CaseRow, from = new Date(0)): Promise<void> {
    const owner = await this.leadOf(tx, row.programId);
    if (owner === null) return;
    const terms = await this.clocks.termsOfAgency(tx, owner);
    const start = row.reachedAt ?? tx.asOf;
    const clocks = FOLLOW_UPS.map((kind) => ({ ...clockOn(row, owner), kind, dueAt: terms.dueAt(kind, start) }));
    this.clocks.start(
      tx,
      clocks.filter(({ dueAt }) => dueAt > from),
    );
  }

  /** Whoever an ended case is about wants no more of it. */
  leaveAlone(tx: SystemTx, row: CaseRow): void {
    if (row.mayContactAgain !== false) this.note(tx, row, { ...row, mayContactAgain: false });
    this.endFollowUps(tx, row.id);
  }

  /** Opted out: the hospital that flagged them is told no more that somebody reached them, as if nobody had. */
  untell(tx: SystemTx, { id, kind }: CaseRow): void {
    if (kind === 'AT_RISK') this.store.untellReached(tx, id);
  }

  endFollowUps(tx: SystemTx, caseId: string): void {
    this.clocks.end(tx, FOLLOW_UPS, [caseId], 'CANCELLED');
  }

  /** Of whoever has died nobody asks how they are. `by`: null where it follows from what was reported. */
  endForDead(tx: SystemTx, caseIds: readonly string[], by: string | null): void {
    this.clocks.endUnanswered(tx, FOLLOW_UPS, caseIds, { answer: 'DECEASED', by });
  }

  /** How somebody is, a month and three months later, is asked of nobody who is told dead; and again of who is not after all. */
  async askAfterTheLiving(tx: SystemTx, personKeys: readonly string[]): Promise<void> {
    this.endForDead(tx, await this.asked.askedOfDead(tx, personKeys), null);
    for (const row of await this.asked.notAskedOfLiving(tx, personKeys)) await this.followUp(tx, row, tx.asOf);
  }

  /** They agreed once the case had ended: asked on the days that lie ahead, unless they are told dead. */
  async askFromNow(tx: SystemTx, row: CaseRow): Promise<void> {
    await this.followUp(tx, row, tx.asOf);
    if (row.personKey !== null) await this.askAfterTheLiving(tx, [row.personKey]);
  }

  /** Who took back that they may be contacted is not asked, whichever step said so. */
  private followWish(tx: SystemTx, before: CaseRow, after: CaseRow): void {
    if (before.mayContactAgain === true && after.mayContactAgain !== true) this.endFollowUps(tx, after.id);
  }

  /** When somebody last tried, on it or on a row that was joined into it. */
  async lastTryAt(tx: SystemTx, id: string): Promise<Date | null> {
    return (await this.store.attempts(tx, [id])).at(-1)?.at ?? null;
  }

  stepsOf(tx: SystemTx, id: string): Promise<readonly PastStep[]> {
    return this.store.steps(tx, [id]);
  }

  /** Lengths at an agency, for whoever works out deadlines. */
  termsOf(reader: Reader, agencyId: string): Promise<Terms> {
    return this.clocks.termsOfAgency(reader, agencyId);
  }

  private async turnClocks(tx: SystemTx, { before, after, command }: Change): Promise<void> {
    const [was, is] = [wantedClocks(before.kind, before.state), wantedClocks(after.kind, after.state)];
    const goesOn = ({ clock, owner }: WantedClock) =>
      before.programId === after.programId && is.some((one) => one.clock === clock && one.owner === owner);
    for (const one of was) {
      if (goesOn(one)) {
        const due = dueOf(after, one.clock);
        if (due.getTime() !== dueOf(before, one.clock).getTime()) this.clocks.move(tx, one.clock, after.id, due);
      } else this.clocks.end(tx, [one.clock], [after.id], endOf(one, command, after));
    }
    const begun = is.filter((one) => !(was.some(({ clock }) => clock === one.clock) && goesOn(one)));
    await this.startClocks(tx, after, begun, await this.leadOf(tx, before.programId));
    if (command === 'void') this.endFollowUps(tx, after.id);
  }

  private async startClocks(
    tx: SystemTx,
    row: CaseRow,
    wanted: readonly WantedClock[],
    finder: string | null,
  ): Promise<void> {
    if (wanted.length === 0) return;
    const owners = {
      HOLDER: await this.leadOf(tx, row.programId),
      RECEIVER: await this.leadOf(tx, row.toProgramId),
      // Nobody to find one: whose it was, or who told of it. The operator is told of an agency with whom it stands.
      FINDER: row.coordinatorAgencyId ?? finder ?? row.sourceAgencyId,
    };
    const clocks = wanted.flatMap(({ clock: kind, owner }): NewClock[] => {
      const agencyId = owners[owner];
      if (agencyId === null) return [];
      const side = owner === 'FINDER' && row.coordinatorAgencyId === null ? 'SENDER' : 'COORDINATING';
      return [{ ...clockOn(row, agencyId), ownerSide: side, kind, dueAt: dueOf(row, kind) }];
    });
    this.clocks.start(tx, clocks);
  }

  private async leadOf(tx: SystemTx, programId: string | null): Promise<string | null> {
    if (programId === null) return null;
    return (await this.programs.rosterPrograms(tx, [programId])).get(programId)?.agencyId ?? null;
  }

  private tell(tx: SystemTx, { id }: CaseRow, name: string, details: Record<string, string>): void {
    tx.audit({ action: name, subjectType: 'OutreachCase', subjectId: id, details });
    tx.emit({ name, subjectType: 'OutreachCase', subjectId: id });
  }
}

const clockOn = ({ id }: CaseRow, ownerAgencyId: string) =>
  ({
    subjectType: 'OutreachCase',
    subjectId: id,
    referralId: null,
    ownerAgencyId,
    ownerSide: 'COORDINATING',
    coordinatorAgencyId: ownerAgencyId,
  }) as const;

const dueOf = (row: CaseRow, clock: CaseClock): Date => {
  if (clock === 'OUTREACH_ACKNOWLEDGED' || clock === 'OUTREACH_ASSIGNED') return row.acknowledgeBy ?? row.dueAt;
  return clock === visitClock(row.kind) ? row.dueAt : row.stopAt;
};

/** The commands that do what a clock asks for; whatever else ends it, there is nothing to do any more. */
const meets: Readonly<Record<CaseClock, readonly OutreachCaseCommand[]>> = {
  OUTREACH_VISIT: ['miss', 'reach', 'close'],
  OUTREACH_FAMILY_VISIT: ['miss', 'reach', 'close'],
  OUTREACH_AT_RISK_VISIT: ['miss', 'reach', 'close'],
  OUTREACH_STOP: ['close'],
  OUTREACH_FAMILY_STOP: ['close'],
  OUTREACH_ACKNOWLEDGED: ['acknowledge'],
  OUTREACH_ASSIGNED: ['assign', 'handOver'],
};

/** MET after the deadline is a breach by itself. */
const endOf = ({ clock }: WantedClock, command: OutreachCaseCommand, after: CaseRow): ClockEnd => {
  if (command === 'stop') return after.outcome === null ? 'BREACHED' : 'MET';
  // Ended by what was reported, and by nobody who did anything.
  if (command === 'close' && after.closedBy === null) return 'CANCELLED';
  return meets[clock].includes(command) ? 'MET' : 'CANCELLED';
};
