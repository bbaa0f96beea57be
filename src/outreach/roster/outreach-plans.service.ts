import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { mayRead } from '../../access';
import { addMinutes } from '../../kernel/clock';
import type { Reader } from '../../platform/database/reader';
import { legsOf, routeFrom } from '../engine/route';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseRisks } from './case-risks';
import type { OutreachMeetingArgs, OutreachPlanArgs } from './outreach-plan.type';
import { OutreachCasesStore, type OutreachCaseRow, type RosterPage } from './outreach-cases.store';

const STOPS = 40;
const PEOPLE = 200;
const DAY_MINUTES = 1440;
const MILES_PER_KM = 0.621371;
const ANY = { week: null, states: null, changedSince: null } as const;

type Located = OutreachCaseRow & { readonly latitude: number; readonly longitude: number };

const isLocated = (row: OutreachCaseRow): row is Located => row.latitude !== null && row.longitude !== null;
const isOnTeam = ({ relations }: OutreachCaseRow): boolean => relations.includes('ON_TEAM');
// To stand on a list tells why: whoever is not told why does not find it there.
const reads = ({ actor }: Reader, row: OutreachCaseRow, field: 'heldBecause' | 'callBackAt' | 'changedAt'): boolean =>
  mayRead(actor, 'OutreachCase', field, row);
const isPromised = (reader: Reader, row: OutreachCaseRow, isTime: (at: Date) => boolean): boolean =>
  row.callBackAt !== null && isTime(row.callBackAt) && reads(reader, row, 'callBackAt');
const miles = (kilometres: number): number => Math.round(kilometres * MILES_PER_KM * 10) / 10;

/** From when on somebody is to be seen at home: a patient from the discharge on, a family not before somebody is due. */
const AT_HOME_FROM = { SURVIVOR: 'firstAt', FAMILY: 'dueAt', AT_RISK: 'lastAt' } as const;

/** What a team looks at before it goes, and when it meets. */
@Injectable()
export class OutreachPlansService {
  constructor(
    private readonly store: OutreachCasesStore,
    private readonly programs: OutreachProgramsStore,
    private readonly risks: CaseRisks,
  ) {}

  /** Everybody who has not been reached yet, families from the day on that they are due, patients from that of their discharge on; and whoever asked to be called back by then. */
  async plan(reader: Reader, { programId, day, ...start }: OutreachPlanArgs) {
    const program = await this.programs.find(reader, programId);
    const zone = program?.timeZone ?? 'UTC';
    const begins = DateTime.fromISO(day, { zone });
    const [from, until] = [begins.toJSDate(), begins.plus({ days: 1 }).toJSDate()];
    const rows = await this.read(reader, { ...ANY, programId, states: ['OPEN', 'TRIED'] });
    const wanted = rows.filter((row) => isOnTeam(row) && row.stopAt > from && row[AT_HOME_FROM[row.kind]] < until);
    const reached = await this.read(reader, { ...ANY, programId, states: ['REACHED'] });
    const toCall = reached.filter((row) => isOnTeam(row) && isPromised(reader, row, (at) => at < until));
    // More than a day holds: those in most danger go along.
    const toSee = await this.risks.ordered(reader, [...wanted, ...toCall]);
    const free = toSee.filter(({ heldFor }) => heldFor === null);
    const way = routeFrom(start, free.filter(isLocated).slice(0, STOPS));
    const legs = legsOf(start, way);
    return {
      day,
      miles: miles(legs.reduce((sum, leg) => sum + leg, 0)),
      stops: way.map((row, at) => ({ position: at + 1, miles: miles(legs[at] ?? 0), case: row })),
      unlocated: free.filter((row) => !isLocated(row)),
      held: toSee.filter((row) => row.heldFor !== null && reads(reader, row, 'heldBecause')),
    };
  }

  async meeting(reader: Reader, { programId, week, since }: OutreachMeetingArgs) {
    const soon = addMinutes(await this.programs.now(reader), DAY_MINUTES);
    const people = await this.read(reader, { ...ANY, programId, week });
    const open = await this.read(reader, { ...ANY, programId, states: ['OPEN', 'HANDED_OVER', 'TRIED', 'REACHED'] });
    const changed = await this.read(reader, { ...ANY, programId, changedSince: since });
    const receipts = await this.store.receipts(reader, programId, since, PEOPLE);
    const due = open.filter((row) =>
      row.state === 'REACHED' ? isPromised(reader, row, (at) => at <= soon) : row.dueAt <= soon,
    );
    return {
      week,
      people: await this.risks.ordered(reader, people),
      due: await this.risks.ordered(reader, due),
      changed: [...changed.filter((row) => reads(reader, row, 'changedAt')), ...receipts].slice(0, PEOPLE),
    };
  }

  private read(reader: Reader, only: RosterPage): Promise<OutreachCaseRow[]> {
    return this.store.page(reader, only, PEOPLE);
  }
}
