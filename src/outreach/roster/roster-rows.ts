import { Injectable } from '@nestjs/common';
import { addMinutes } from '../../kernel/clock';
import type { ReportedPlaces } from '../../overdoses';
import type { PersonRow } from '../../people';
import type { SystemTx } from '../../platform/database/tx';
import { answeredAt, dueAnew, timesOf, type Lengths, type TimedEvent } from '../engine/case-times';
import { beforeEnding, beforeJoining } from '../engine/parting';
import type { RiskReason } from '../engine/vocabulary';
import { stopClock, visitClock } from '../engine/wanted-clocks';
import { firstHolding, nextHolding, stepsTo, type Holding, type Programs } from '../engine/who-looks-after';
import { OutreachProgramsStore, type RosterProgram } from '../outreach-programs.store';
import { CaseKeeping, ended, moved } from './case-keeping';
import type { CaseRow } from './outreach-case.entity';
import { Finders } from './finders';
import { withoutOthers, type Parted } from './parted-rows';
import { kindOfKey, whoAndWhere, type RosterEvent, type WhoAndWhere } from './roster-world';

/** The overdoses of one row. */
export type Group = readonly [RosterEvent, ...RosterEvent[]];

export interface Known {
  readonly people: ReadonlyMap<string, PersonRow>;
  readonly places: ReadonlyMap<string, ReportedPlaces>;
  /** The program at work in each county. */
  readonly looksAfter: ReadonlyMap<string, RosterProgram>;
  readonly programs: Map<string, RosterProgram>;
  /** Rows from which somebody else's overdoses part now. */
  readonly parted: ReadonlyMap<string, Parted>;
}

/** Begins, carries on and ends rows, as the overdoses on them and the places in them say. */
@Injectable()
export class RosterRows {
  constructor(
    private readonly keeping: CaseKeeping,
    private readonly programs: OutreachProgramsStore,
    private readonly finders: Finders,
  ) {}

  async void(tx: SystemTx, row: CaseRow | undefined, key: string | null): Promise<void> {
    if (!row || row.state === 'VOID') return;
    const isFamily = key !== null && kindOfKey(key) === 'FAMILY' && row.kind === 'SURVIVOR';
    const reason = key === null ? 'NO_EVENT_LEFT' : isFamily ? 'DECEASED' : 'JOINED';
    const after = ended(row, 'void', { at: tx.asOf, by: null, reason });
    await this.keeping.change(tx, {
      before: row,
      after: { ...after, personKey: null, otherPersonKeys: [] },
      command: 'void',
      isFollowing: true,
    });
  }

  async open(tx: SystemTx, id: string, group: Group, known: Known): Promise<CaseRow> {
    const about = whoAndWhere(group, known.people, known.places);
    const wanted = firstHolding(programsFor(about, known));
    const lengths = await this.lengthsOf(tx, wanted.programId, group, known);
    const times = timesOf(timed(group), lengths, null);
    const begun = { ...blank, ...about, ...times, id, openedAt: tx.asOf, changedAt: tx.asOf };
    const isLate = times.stopAt <= tx.asOf;
    const row: CaseRow = isLate
      ? { ...begun, ...tooLate, programId: wanted.programId, closedAt: tx.asOf }
      : { ...begun, ...(await this.begin(tx, wanted, group, known)) };
    await this.keeping.open(tx, row, group[0].reports[0]?.agencyId ?? null);
    return row;
  }

  /** Who has it first, whom it is handed to, or who finds it a program. */
  private async begin(tx: SystemTx, { programId, toProgramId }: Holding, group: Group, known: Known) {
    if (programId !== null && toProgramId === null) return { ...unhanded, state: 'OPEN', programId } as const;
    const acknowledgeBy = await this.answerBy(tx, toProgramId, group, known);
    if (programId === null) {
      const coordinatorAgencyId = await this.finderFor(tx, group);
      return { ...unhanded, state: 'UNASSIGNED', programId, coordinatorAgencyId, acknowledgeBy } as const;
    }
    const handed = { toProgramId, fromProgramId: programId, acknowledgeBy };
    return { ...unhanded, ...handed, state: 'HANDED_OVER', programId } as const;
  }

  /** A row goes on with what is known now. */
  async keep(tx: SystemTx, row: CaseRow, group: Group, known: Known): Promise<CaseRow> {
    const parted = known.parted.get(row.id) ?? null;
    const about = knownOf(withoutOthers(row, parted), whoAndWhere(group, known.people, known.places));
    const lengths = await this.lengthsOf(tx, row.programId, group, known);
    const was =
      row.state === 'VOID'
        ? await this.part(tx, { ...row, ...about, ...timesOf(timed(group), lengths, null) }, { group, known })
        : row;
    const triedAt = group.length > 1 || parted ? await this.keeping.lastTryAt(tx, row.id) : null;
    const times = timesOf(timed(group), lengths, answeredAt({ ...was, triedAt }));
    let at: CaseRow = { ...was, ...about, ...times };
    const because = dueAnew({ ...was, triedAt, parted: parted?.since ?? null }, times, tx.asOf);
    if (because) {
      at = await this.reopen(tx, was, { at: { ...at, dueBecause: because }, command: 'reopen', group, known });
    }
    return this.follow(tx, was, { at, about, group, known });
  }

  /** It was joined into another row, and goes on as it was then. */
  private async part(
    tx: SystemTx,
    row: CaseRow,
    { group, known }: Pick<Reopened, 'group' | 'known'>,
  ): Promise<CaseRow> {
    const { state, ...ended } = beforeJoining(await this.keeping.stepsOf(tx, row.id));
    const own = { ...row, joinedInto: null };
    if (state === 'OPEN') return this.reopen(tx, row, { at: own, command: 'part', group, known });
    const after = { ...own, ...ended, state };
    await this.keeping.change(tx, { before: row, after, command: 'part', isFollowing: true });
    if (after.outcome !== null && after.mayContactAgain) await this.keeping.followUp(tx, after);
    return after;
  }

  /** To whoever should have it now, step by step. */
  private async follow(tx: SystemTx, row: CaseRow, { at: found, about, group, known }: Followed): Promise<CaseRow> {
    const holding = nextHolding(found, programsFor(about, known));
    const steps = stepsTo(found, holding);
    const isOpenStill = found.state === row.state;
    if (steps.length === 0) return isOpenStill ? this.noted(tx, row, found) : found;
    let [before, at] = [isOpenStill ? row : found, found];
    for (const command of steps) {
      const after = await this.step(tx, moved(at, command), { command, holding, group, known });
      await this.keeping.change(tx, { before, after, command, isFollowing: true });
      before = at = after;
    }
    return at;
  }

  private async step(tx: SystemTx, row: CaseRow, { command, holding, group, known }: Moving): Promise<CaseRow> {
    const { programId, toProgramId } = holding;
    if (command === 'takeBack') return { ...row, toProgramId: null, acknowledgeBy: null };
    if (command === 'assign') return { ...row, programId, acknowledgeBy: null, coordinatorAgencyId: null };
    const acknowledgeBy = await this.answerBy(tx, toProgramId, group, known);
    return { ...row, programId, toProgramId, fromProgramId: programId, acknowledgeBy, coordinatorAgencyId: null };
  }

  /** With what was carried over to it. */
  carry(tx: SystemTx, row: CaseRow, carried: CaseRow): CaseRow {
    return this.noted(tx, row, carried);
  }

  private noted(tx: SystemTx, before: CaseRow, after: CaseRow): CaseRow {
    if (!isSameRow(before, after)) this.keeping.note(tx, before, after);
    return after;
  }

  private async reopen(tx: SystemTx, row: CaseRow, { at, command, group, known }: Reopened) {
    const open = { ...moved(at, command), closedAt: null, closedBy: null, endReason: null, outcome: null };
    const isHeld = open.programId !== null;
    const acknowledgeBy = isHeld ? null : await this.answerBy(tx, null, group, known);
    const coordinatorAgencyId = isHeld ? null : await this.finderFor(tx, group);
    const after = isHeld ? open : { ...moved(open, 'takeBack'), acknowledgeBy, coordinatorAgencyId };
    await this.keeping.change(tx, { before: row, after, command, isFollowing: true });
    return after;
  }

  end(tx: SystemTx, row: CaseRow): Promise<void> {
    return this.keeping.change(tx, {
      before: row,
      after: ended(row, 'close', { at: tx.asOf, by: null, reason: 'DECEASED' }),
      command: 'close',
      isFollowing: true,
    });
  }

  private async lengthsOf(tx: SystemTx, programId: string | null, group: Group, known: Known): Promise<Lengths> {
    const program = await this.programOf(tx, programId, known);
    const terms = await this.keeping.termsOf(tx, program?.agencyId ?? group[0].reports[0]?.agencyId ?? '');
    const { kind } = group[0];
    const own = kind === 'FAMILY' ? undefined : program;
    const after = (hours: number | null | undefined, clock: Parameters<typeof terms.dueAt>[0]) => (start: Date) =>
      hours ? addMinutes(start, hours * 60) : terms.dueAt(clock, start);
    return { dueAt: after(own?.dueHours, visitClock(kind)), stopAt: after(own?.stopHours, stopClock(kind)) };
  }

  private async answerBy(tx: SystemTx, toProgramId: string | null, group: Group, known: Known): Promise<Date> {
    const program = await this.programOf(tx, toProgramId, known);
    const terms = await this.keeping.termsOf(tx, program?.agencyId ?? group[0].reports[0]?.agencyId ?? '');
    return terms.dueAt(program ? 'OUTREACH_ACKNOWLEDGED' : 'OUTREACH_ASSIGNED', tx.asOf);
  }

  private async programOf(tx: SystemTx, id: string | null, { programs }: Known): Promise<RosterProgram | undefined> {
    if (id !== null && !programs.has(id)) {
      for (const [key, program] of await this.programs.rosterPrograms(tx, [id])) programs.set(key, program);
    }
    return programs.get(id ?? '');
  }

  private finderFor(tx: SystemTx, [{ event, reports }]: Group): Promise<string | null> {
    const reporters = reports.map((report) => report.agencyId);
    return this.finders.finderIn(tx, event.countyFips, reporters);
  }

  /** A death was taken back, or an opt-out turned out to be of somebody else, and there is time. */
  async revive(tx: SystemTx, row: CaseRow, dueBecause: 'DEATH_TAKEN_BACK' | 'OPT_OUT_OF_ANOTHER'): Promise<CaseRow> {
    const was = dueBecause === 'OPT_OUT_OF_ANOTHER' ? beforeEnding(await this.keeping.stepsOf(tx, row.id)) : 'OPEN';
    const open = { ...moved(row, 'reopen'), closedAt: null, endReason: null, dueBecause };
    const isUnheld = open.programId === null;
    const after = isUnheld ? { ...moved(open, 'takeBack'), acknowledgeBy: row.stopAt } : { ...open, state: was };
    await this.keeping.change(tx, { before: row, after, command: 'reopen', isFollowing: true });
    return after;
  }
}

interface Moving {
  readonly command: 'takeBack' | 'handOver' | 'assign';
  readonly holding: Holding;
  readonly group: Group;
  readonly known: Known;
}

interface Reopened {
  readonly at: CaseRow;
  readonly command: 'reopen' | 'part';
  readonly group: Group;
  readonly known: Known;
}

interface Followed extends Omit<Reopened, 'command'> {
  readonly about: Pick<CaseRow, 'countyFips' | 'residenceCountyFips'>;
}

const timed = ([first, ...others]: Group): readonly [TimedEvent, ...TimedEvent[]] => [
  first.event,
  ...others.map(({ event }) => event),
];

const programsFor = (
  { countyFips, residenceCountyFips }: Pick<CaseRow, 'countyFips' | 'residenceCountyFips'>,
  { looksAfter }: Known,
): Programs => ({
  here: looksAfter.get(countyFips)?.id ?? null,
  home: looksAfter.get(residenceCountyFips ?? '')?.id ?? null,
});

const isSameRow = (one: CaseRow, other: CaseRow): boolean =>
  (Object.keys(other) as (keyof CaseRow)[]).every(
    (name) => name === 'addressIndex' || JSON.stringify(one[name]) === JSON.stringify(other[name]),
  );

/** What was told now, and what the team found out. */
const knownOf = (row: CaseRow, told: WhoAndWhere): WhoAndWhere => {
  const { address, addressBasis, latitude, longitude } = row;
  const found = addressBasis === 'TEAM' && { address, addressBasis, latitude, longitude };
  return { ...told, phone: told.phone ?? row.phone, ...found };
};

export const unhanded = {
  toProgramId: null,
  fromProgramId: null,
  coordinatorAgencyId: null,
  acknowledgeBy: null,
} as const;

export const blank = {
  otherPersonKeys: [] as string[],
  riskReasons: [] as RiskReason[],
  isSettled: false,
  dueBecause: null,
  acknowledgedAt: null,
  reachedAt: null,
  callBackAt: null,
  addressIndex: null,
  safetyNote: null,
  isFamilyAware: null,
  mayContactAgain: null,
  referralId: null,
  closedAt: null,
  closedBy: null,
  endReason: null,
  outcome: null,
  joinedInto: null,
  heldFor: null,
  optedOutAddress: null,
} as const;

const tooLate = { ...unhanded, state: 'CLOSED', endReason: 'REPORTED_TOO_LATE' } as const;
