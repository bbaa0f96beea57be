import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { AgenciesService, zoneOfCounties, type AgencyFacts } from '../agencies';
import {
  bellProblems,
  clockDefinitions,
  ClocksService,
  nextBell,
  ringsWeekly,
  type BellCalendar,
  type Terms,
} from '../clocks';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY } from '../platform/database/system-actor';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { mayBeName } from './engine/child-name';
import { HANDLE_WITH_CARE_SENT } from './notice.events';
import { NoticeRules } from './notice-rules';
import type { SendHandleWithCareInput, SetSchoolCalendarInput } from './notice.inputs';
import { NoticesStore, type NoticeReceiptRow, type NoticeRow } from './notices.store';

/**
 * Handle With Care: a child’s school is told, before the next bell, to be gentle. What happened is never asked for, so that
 * nothing a school is told or could measure depends on it.
 */
@Injectable()
export class NoticesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: NoticesStore,
    private readonly agencies: AgenciesService,
    private readonly rules: NoticeRules,
    private readonly clocks: ClocksService,
  ) {}

  send(actor: Actor, input: SendHandleWithCareInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'HandleWithCareReceipt', 'send', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Your role does not send notices to schools.');
      }
      const { schoolId: schoolAgencyId, childName, ageYears = null, grade = null } = input;
      if (!mayBeName(childName, this.rules.telling)) return noName;
      if ((ageYears === null) === (grade === null)) {
        return invalid('input.grade', 'A notice has the child’s age or grade.', 'Send one of ageYears and grade.');
      }
      const school = await this.agencies.agencyFacts(tx, schoolAgencyId);
      if (school?.kind !== 'SCHOOL' || !school.isActive) {
        return invalid('input.schoolId', 'No school has this id.', 'Look for one with `agencies(kind: SCHOOL)`.');
      }
      this.store.bellsStand(tx, school.id);
      const { dueAt, expiresAt } = this.timesOf(await this.bellsAt(tx, school), tx.asOf);
      const system = tx.asSystem();
      const { id, noticeId } = this.store.send(
        system,
        { schoolAgencyId, childName, ageYears, grade, expiresAt },
        dueAt,
      );
      // The sender’s, who calls where nobody has read it: the school’s row leads nowhere.
      const owner = { ownerAgencyId: actor.agencyId, ownerSide: 'PROVIDER', coordinatorAgencyId: null } as const;
      const receipt = { subjectType: 'HandleWithCareReceipt', subjectId: id, referralId: null };
      this.clocks.start(system, [{ kind: 'NOTICE_READ', ...receipt, ...owner, dueAt }]);
      const about = { subjectType: 'HandleWithCareReceipt', subjectId: id };
      tx.audit({ action: HANDLE_WITH_CARE_SENT, ...about, details: { schoolAgencyId } });
      tx.emit({ name: HANDLE_WITH_CARE_SENT, subjectType: 'HandleWithCareNotice', subjectId: noticeId });
      return { id };
    });
  }

  /** What should not have been sent, whatever the reason: it is not asked, and the school has the notice no more. */
  takeBack(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const system = tx.asSystem();
      const receipt = await this.store.lockReceipt(system, id);
      if (!receipt) return notFound('receipt');
      if (!mayDo(actor, 'HandleWithCareReceipt', 'takeBack', receipt)) {
        return new Refusal('FORBIDDEN', 'Your role takes no notices back.');
      }
      if (receipt.takenBackAt !== null) {
        return new Refusal('ILLEGAL_TRANSITION', 'It was taken back before.', { remedy: 'Nothing more to do.' });
      }
      this.store.takeBack(system, receipt);
      this.clocks.end(system, ['NOTICE_READ'], [id], 'CANCELLED');
      tx.audit({ action: 'handle-with-care.taken-back', subjectType: 'HandleWithCareReceipt', subjectId: id });
      return { id };
    });
  }

  /** Read the first time; again it stays as it was. */
  read(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const notice = await this.store.lock(tx, id);
      if (!notice) return notFound('notice');
      if (!mayDo(actor, 'HandleWithCareNotice', 'acknowledge', notice)) {
        return new Refusal('FORBIDDEN', 'Your role does not read notices.');
      }
      if (notice.readAt === null) {
        const receiptIds = await this.store.markRead(tx, id);
        this.clocks.end(tx.asSystem(), ['NOTICE_READ'], receiptIds, 'MET');
      }
      tx.audit({ action: 'handle-with-care.read', subjectType: 'HandleWithCareNotice', subjectId: id });
      return { id };
    });
  }

  setCalendar(actor: Actor, { weekly, closed, days }: SetSchoolCalendarInput, command: Command) {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const facts = { relations: ['OWN_AGENCY'], consents: [] } as const;
      if (actor.agencyKind !== 'SCHOOL' || !mayDo(actor, 'SchoolCalendar', 'set', facts)) {
        return new Refusal('FORBIDDEN', 'A school sets its own bells.');
      }
      const twice = repeated(weekly.map(({ weekday }) => String(weekday))) ?? repeated(days.map(({ date }) => date));
      if (twice !== null) {
        const field = weekly.some(({ weekday }) => String(weekday) === twice) ? 'input.weekly' : 'input.days';
        return invalid(field, `${twice} is given twice.`, 'Send each weekday and each day once.');
      }
      const byKey = (lists: readonly { key: string; bells: string[] }[]) =>
        Object.fromEntries(lists.map(({ key, bells }) => [key, bells]));
      const bells = {
        weekly: byKey(weekly.map(({ weekday, bells: rung }) => ({ key: String(weekday), bells: rung }))),
        days: byKey(days.map(({ date, bells: rung }) => ({ key: date, bells: rung }))),
        closed: closed.map(({ from, to }) => ({ from, to })),
      };
      if (!ringsWeekly(bells)) return neverRings;
      const calendar = { ...bells, zone: 'UTC', holidays: [] };
      const [problem] = bellProblems(calendar);
      if (problem) return invalid('input', `${problem}.`, 'Send times as HH:MM, dates in order, and single vacations.');
      if (nextBell(calendar, tx.asOf) === null) return alwaysClosed;
      this.store.bellsChange(tx);
      this.store.setBells(tx, bells);
      tx.audit({ action: 'school-calendar.set', subjectType: 'Agency', subjectId: actor.agencyId });
      await this.moveWaiting(tx);
      return { id: actor.agencyId };
    });
  }

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<NoticeRow>> {
    return pageOf(await this.store.page(reader, keysetOf(args), args.first + 1), args, bySent);
  }

  async receipts(reader: Reader, args: ConnectionArgs): Promise<Connection<NoticeReceiptRow>> {
    return pageOf(await this.store.receiptPage(reader, keysetOf(args), args.first + 1), args, bySent);
  }

  /** Deletes at the schools’ side what has had its time. */
  async forget(): Promise<void> {
    const housekeeping = { name: 'forgetNotices', isHousekeeping: true } as const;
    await this.unitOfWork.runAsSystem(NO_AGENCY, housekeeping, async (tx) => {
      // Nobody can read it any more.
      this.clocks.end(tx, ['NOTICE_READ'], await this.store.forget(tx), 'BREACHED');
      return { id: NO_AGENCY };
    });
  }

  /** What waits for a bell waits for the one that rings by the new calendar; where that has rung meanwhile, it is overdue at once. */
  private async moveWaiting(tx: Tx): Promise<void> {
    const school = await this.agencies.agencyFacts(tx, tx.actor.agencyId);
    if (!school) throw new Error('a member of no agency');
    const bells = await this.bellsAt(tx, school);
    const system = tx.asSystem();
    for (const notice of await this.store.waitingAt(system, school.id)) {
      const { dueAt, expiresAt } = this.timesOf(bells, notice.sentAt);
      this.store.moveDue(system, notice, dueAt, expiresAt);
      this.clocks.move(system, 'NOTICE_READ', notice.id, dueAt);
    }
  }

  private async bellsAt(tx: Tx, school: AgencyFacts): Promise<SchoolBells> {
    const own = await this.store.bellsOf(tx, school.id);
    const byDefault = clockDefinitions().bellsOf(school.state, zoneOfCounties(school));
    const calendar = { ...byDefault, ...own };
    // Calendars without a bell were taken once: such a school rings as one that has set none.
    const isRung = ringsWeekly(calendar) && nextBell(calendar, tx.asOf) !== null;
    return { calendar: isRung ? calendar : byDefault, terms: await this.clocks.termsOfAgency(tx, school.id) };
  }

  private timesOf({ calendar, terms }: SchoolBells, sentAt: Date): { readonly dueAt: Date; readonly expiresAt: Date } {
    const dueAt = terms.dueAt('NOTICE_READ', sentAt, calendar);
    return { dueAt, expiresAt: this.rules.expiresAt(sentAt, dueAt, nextBell(calendar, sentAt)) };
  }
}

interface SchoolBells {
  readonly calendar: BellCalendar;
  readonly terms: Terms;
}

const noName = invalid(
  'input.childName',
  'A notice has a child’s name and nothing else.',
  'Send given and family name as written on papers, at most eight words; no words for what happened.',
);

const neverRings = invalid(
  'input.weekly',
  'No weekday has a bell: a notice would wait for one for ever.',
  'Send at least one weekday with its bells; days off go into `closed`, single days into `days`.',
);

const alwaysClosed = invalid(
  'input.closed',
  'No bell rings for longer than any vacation: a notice would not be waited for.',
  'Send vacations alone, with the days on which school begins again left out.',
);

/** The first that is there more than once; null: none. */
const repeated = (keys: readonly string[]): string | null =>
  keys.find((key, index) => keys.indexOf(key) !== index) ?? null;

const bySent = ({ id, sentAt }: { readonly id: string; readonly sentAt: Date }) => ({
  id,
  createdAt: sentAt.toISOString(),
});
