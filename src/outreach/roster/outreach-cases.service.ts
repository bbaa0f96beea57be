import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { invalid, isRefusal, notFound, Refusal } from '../../kernel/refusal';
import type { Reader } from '../../platform/database/reader';
import type { SystemTx, Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../../platform/graphql';
import { NaloxoneService } from '../../responders';
import { callBackAfter, dueAnew } from '../engine/case-times';
import { isMoreThan, mayLeave } from '../engine/left-behind';
import { isContact } from '../engine/vocabulary';
import { outreachCaseMachine } from '../outreach-case.machine';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { AskedAfterStore } from './asked-after.store';
import { attemptFault, fitFor, lotOfNothing } from './attempt-faults';
import { isNoVisitTo } from './case-actions';
import { CaseKeeping, ended, moved } from './case-keeping';
import type { CaseRow } from './outreach-case.entity';
import type { CloseOutreachCaseInput, RecordVisitAttemptInput, UpdateOutreachCaseInput } from './outreach-case.inputs';
import { OptOuts } from './opt-outs';
import { OptOutsStore } from './opt-outs.store';
import { notOpenForVisits, notYours } from './outreach-cases.refusals';
import { OutreachCasesStore, type OutreachCaseRow } from './outreach-cases.store';
import { RosterStore } from './roster.store';

type Step = 'attempt' | 'close' | 'optOut' | 'update';
type First = (tx: Tx, row: OutreachCaseRow) => Promise<Refusal | null>;
type Work = (tx: SystemTx, row: OutreachCaseRow) => Promise<Refusal | null>;

/** What a team does with the people of its roster. */
@Injectable()
export class OutreachCasesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachCasesStore,
    private readonly roster: RosterStore,
    private readonly asked: AskedAfterStore,
    private readonly keeping: CaseKeeping,
    private readonly programs: OutreachProgramsStore,
    private readonly optOuts: OptOuts,
    private readonly optOutsStore: OptOutsStore,
    private readonly naloxone: NaloxoneService,
  ) {}

  /** For coordinators: cases of counties that no program looks after. */
  async unassigned(reader: Reader, args: ConnectionArgs): Promise<Connection<OutreachCaseRow>> {
    return pageOf(await this.store.unassigned(reader, keysetOf(args), args.first + 1), args, byDue);
  }

  attempt(actor: Actor, input: RecordVisitAttemptInput, command: Command): Promise<Done | Refusal> {
    const first: First = async (tx, row) =>
      attemptFault(input, row, tx.asOf) ?? fitFor(actor, input) ?? (await this.takeKits(tx, input));
    return this.take({ actor, id: input.caseId, step: 'attempt', command, first }, async (tx, row) => {
      const fault = await this.leftFault(tx, row, input);
      if (fault) return fault;
      if (isNoVisitTo(actor, row)) return notOpenForVisits();
      const does = isContact(input.result) ? 'reach' : 'miss';
      const impossible = outreachCaseMachine.next(row.state, does);
      if (isRefusal(impossible)) return impossible;
      const forbidden = await this.optOuts.fault(tx, row);
      if (forbidden) return forbidden;
      this.addAttempt(tx, input);
      await this.moveBy(tx, row, input, does);
      return null;
    });
  }

  /** What was given at the door is no longer in the bag. */
  private async takeKits(tx: Tx, input: RecordVisitAttemptInput): Promise<Refusal | null> {
    const { naloxoneKits = null, naloxoneLotId = null, isNaloxoneFromElsewhere, services } = input;
    if (naloxoneLotId !== null && (naloxoneKits === null || isNaloxoneFromElsewhere)) return lotOfNothing;
    const isGiven = services.includes('NALOXONE') || input.result === 'NALOXONE_GIVEN';
    if (!isGiven || isNaloxoneFromElsewhere) return null;
    return this.naloxone.giveKits(tx, naloxoneKits, naloxoneLotId);
  }

  private async moveBy(
    tx: SystemTx,
    row: OutreachCaseRow,
    { at, result, mayContactAgain: said, callBackAt: named = null }: RecordVisitAttemptInput,
    does: 'reach' | 'miss',
  ): Promise<void> {
    const triedAt = at ?? tx.asOf;
    const callBackAt = callBackAfter(row, { at: triedAt, isAsked: result === 'CALL_BACK', callBackAt: named });
    const contact = { reachedAt: later(row.reachedAt, triedAt), isSettled: true, dueBecause: null, callBackAt };
    const after = {
      ...moved(row, does),
      ...(does === 'reach' && contact),
      mayContactAgain: said === undefined ? row.mayContactAgain : said,
    };
    await this.keeping.change(tx, { before: row, after, command: does });
    if (said === false) await this.leaveOthersAlone(tx, row);
    // Told late: it answers what was before it, and no overdose after it.
    const dueBecause = does === 'reach' ? dueAnew({ ...after, triedAt, parted: null }, row, tx.asOf) : null;
    if (dueBecause === null) return;
    const again = { ...moved(after, 'reopen'), dueBecause };
    await this.keeping.change(tx, { before: after, after: again, command: 'reopen' });
  }

  private addAttempt(tx: SystemTx, input: RecordVisitAttemptInput): void {
    const { caseId, channel, result, services, naloxoneKits = null, leftBehind, note = null } = input;
    const at = input.at ?? tx.asOf;
    this.store.addAttempt(tx, { caseId, at, channel, result, services, naloxoneKits, leftBehind, note });
  }

  close(actor: Actor, { caseId, reason = null }: CloseOutreachCaseInput, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id: caseId, step: 'close', command }, async (tx, row) => {
      const impossible = outreachCaseMachine.next(row.state, 'close');
      if (isRefusal(impossible)) return impossible;
      if (row.state === 'REACHED' && reason !== null) {
        return invalid('input.reason', 'Somebody was reached: the last contact is the outcome.', 'Leave it out.');
      }
      if (row.state !== 'REACHED' && reason === null) {
        return invalid('input.reason', 'Nobody was reached: say why.', 'Send a reason, or record the attempt first.');
      }
      const outcome = await this.outcomeOf(tx, row);
      const after = { ...ended(row, 'close', { at: tx.asOf, by: actor.id, reason }), outcome };
      await this.keeping.change(tx, { before: row, after, command: 'close' });
      if (reason === 'DECEASED') await this.askNoMore(tx, row);
      if (outcome !== null && row.mayContactAgain) await this.keeping.followUp(tx, after);
      return null;
    });
  }

  /** For good: of the person, or of the home where nobody was named; whatever else there is of them ends too. */
  optOut(actor: Actor, caseId: string, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id: caseId, step: 'optOut', command }, async (tx, row) => {
      if (row.personId === null && (row.address === null || row.addressBasis === 'INCIDENT')) {
        const remedy = 'Find out where they live with updateOutreachCase, and send it again.';
        return invalid('input.caseId', 'Nobody is named and no home is known: it could not be respected.', remedy);
      }
      const { kind, address, addressBasis, residenceCountyFips, countyFips } = row;
      const home = addressBasis === 'INCIDENT' ? null : address;
      const county = residenceCountyFips ?? countyFips;
      this.roster.takeTurn(tx);
      // Of every record that is taken for the person now: which of them said it nobody can tell, should they turn out to be two.
      const records = await this.roster.recordsOf(tx, row);
      for (const record of records.length === 0 ? [null] : records) {
        this.optOutsStore.add(tx, { kind, caseId, personId: record, countyFips: county, address: home });
      }
      const others = (await this.roster.sameAs(tx, row)).filter(({ id }) => id !== caseId);
      for (const one of [row, ...others]) await this.endFor(tx, actor, one);
      const done = [row, ...others].map(({ id }) => id);
      await this.optOuts.settleNear(tx, row, done);
      tx.audit({ action: 'outreach-case.opted-out', subjectType: 'OutreachCase', subjectId: caseId });
      return null;
    });
  }

  /** Also of a case that ended long ago nobody asks any more how they are. */
  private async endFor(tx: SystemTx, actor: Actor, row: CaseRow): Promise<void> {
    if (row.closedAt !== null) {
      this.keeping.leaveAlone(tx, row);
      this.keeping.untell(tx, row);
      return;
    }
    const after = ended(row, 'close', { at: tx.asOf, by: actor.id, reason: 'OPTED_OUT' });
    await this.keeping.change(tx, { before: row, after: { ...after, mayContactAgain: false }, command: 'close' });
    this.keeping.endFollowUps(tx, row.id);
  }

  update(actor: Actor, input: UpdateOutreachCaseInput, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, id: input.caseId, step: 'update', command }, async (tx, row) => {
      const after = updated(row, input);
      if (isRefusal(after)) return after;
      // Opted out for good: nobody is asked how they are either.
      const forbidden = isAskedAnew(row, after) ? await this.optOuts.fault(tx, row) : null;
      if (forbidden) return forbidden;
      this.keeping.note(tx, row, after);
      if (input.mayContactAgain === false) await this.leaveOthersAlone(tx, row);
      if (isAskedAnew(row, after)) await this.keeping.askFromNow(tx, after);
      if (after.address === row.address) return null;
      this.roster.takeTurn(tx);
      await this.optOuts.settleAsked(tx, after, row.addressBasis !== 'TEAM');
      return null;
    });
  }

  /** Whoever takes back that they may be contacted takes it back with the team, on whichever row. */
  private async leaveOthersAlone(tx: SystemTx, row: CaseRow): Promise<void> {
    for (const one of await this.asked.agreedElsewhere(tx, row)) this.keeping.leaveAlone(tx, one);
  }

  private async askNoMore(tx: SystemTx, row: CaseRow): Promise<void> {
    const others = await this.asked.agreedElsewhere(tx, row);
    this.keeping.endForDead(
      tx,
      [row, ...others].map(({ id }) => id),
      tx.actor.id,
    );
  }

  private async outcomeOf(tx: SystemTx, { id, state }: CaseRow) {
    if (state !== 'REACHED') return null;
    const contacts = (await this.store.attempts(tx, [id])).filter(({ result }) => isContact(result));
    return contacts.at(-1)?.result ?? null;
  }

  private async leftFault(tx: SystemTx, row: OutreachCaseRow, { leftBehind, result }: RecordVisitAttemptInput) {
    const program = await this.programs.find(tx, row.programId ?? '');
    const most = mayLeave(program?.leaveBehind ?? 'NEVER', row.isFamilyAware, result);
    if (!isMoreThan(leftBehind, most)) return null;
    const message = 'More was left than may be left there.';
    return invalid('input.leftBehind', message, `At most ${most}: tell the coordinator what was left.`);
  }

  private take({ actor, id, step, command, first }: Taken, work: Work): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, id);
      if (!row) return notFound('case');
      if (!mayDo(actor, 'OutreachCase', step, row)) return notYours();
      const refused = await first?.(tx, row);
      return refused ?? (await work(tx.asSystem(), row)) ?? { id };
    });
  }
}

interface Taken {
  readonly actor: Actor;
  readonly id: string;
  readonly step: Step;
  readonly command: Command;
  /** Before Handrail’s part, by the rights of whoever asks. */
  readonly first?: First;
}

const byDue = ({ id, dueAtText }: OutreachCaseRow) => ({ id, createdAt: dueAtText });

const later = (one: Date | null, other: Date): Date => (one !== null && one > other ? one : other);

/** Agreed to be contacted again once the case had ended with a contact. */
const isAskedAnew = (row: CaseRow, { mayContactAgain }: CaseRow): boolean =>
  mayContactAgain === true && row.mayContactAgain !== true && row.state === 'CLOSED' && row.outcome !== null;

const updated = (row: OutreachCaseRow, input: UpdateOutreachCaseInput): OutreachCaseRow | Refusal => {
  const { caseId: _, ...given } = input;
  // What was left out is there, and undefined.
  const told = Object.fromEntries(Object.entries(given).filter(([, value]: [string, unknown]) => value !== undefined));
  if (Object.keys(told).length === 0) return invalid('input', 'Nothing is to change.', 'Name at least one change.');
  const isPlaced = ['address', 'latitude', 'longitude'].some((name) => Object.hasOwn(told, name));
  const place = isPlaced
    ? { addressBasis: 'TEAM' as const, ...('address' in told && { latitude: null, longitude: null }) }
    : {};
  const after = { ...row, ...place, ...told } as OutreachCaseRow;
  if ((after.latitude === null) === (after.longitude === null)) return after;
  return invalid('input.latitude', 'A point has both.', 'Send latitude and longitude together.');
};
