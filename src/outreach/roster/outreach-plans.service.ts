import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { mayRead } from '../../access';
import { addMinutes } from '../../kernel/clock';
import type { Reader } from '../../platform/database/reader';
import { legsOf, routeFrom } from '../engine/route';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseRisks } from './case-risks';
import type { OutreachMeetingArgs, OutreachPlanArgs } from './outreach-plan.type';
import { OutreachCasesStore, type ListedRow, type OutreachCaseRow } from './outreach-cases.store';

const STOPS = 40;
const PEOPLE = 200;
const DAY_MINUTES = 1440;
const MILES_PER_KM = 0.621371;

type Located = ListedRow & { readonly latitude: number; readonly longitude: number };

const isLocated = (row: ListedRow): row is Located => row.latitude !== null && row.longitude !== null;
const isOnTeam = ({ relations }: ListedRow): boolean => relations.includes('ON_TEAM');
// To stand on a list tells why: whoever is not told why does not find it there.
const reads = ({ actor }: Reader, row: ListedRow, field: 'heldBecause' | 'callBackAt' | 'changedAt'): boolean =>
  mayRead(actor, 'OutreachCase', field, row);
const isTold = (reader: Reader, row: ListedRow): boolean => row.state !== 'REACHED' || reads(reader, row, 'callBackAt');
const leftOutOf = (rows: readonly ListedRow[], limit: number): number => Math.max(0, rows.length - limit);
const miles = (kilometres: number): number => Math.round(kilometres * MILES_PER_KM * 10) / 10;

/** What a team looks at before it goes, and when it meets. All are ranked before any are left out, and it is said how many are. */
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
    const begins = DateTime.fromISO(day, { zone: program?.timeZone ?? 'UTC' });
    const [from, until] = [begins.toJSDate(), begins.plus({ days: 1 }).toJSDate()];
    const rows = await this.store.listed(reader, 'toSee', programId, from, until);
    // More than a day holds: those in most danger go along.
    const toSee = await this.risks.ordered(
      reader,
      rows.filter((row) => isOnTeam(row) && isTold(reader, row)),
    );
    const free = toSee.filter(({ heldFor }) => heldFor === null);
    const located = free.filter(isLocated);
    const unlocated = free.filter((row) => !isLocated(row));
    const held = toSee.filter((row) => row.heldFor !== null && reads(reader, row, 'heldBecause'));
    const way = routeFrom(start, located.slice(0, STOPS));
    const legs = legsOf(start, way);
    const [stops, ...others] = await this.opened(reader, way, unlocated, held);
    return {
      day,
      miles: miles(legs.reduce((sum, leg) => sum + leg, 0)),
      stops: stops?.map((row, at) => ({ position: at + 1, miles: miles(legs[at] ?? 0), case: row })),
      stopsLeftOut: leftOutOf(located, STOPS),
      unlocated: others[0],
      unlocatedLeftOut: leftOutOf(unlocated, PEOPLE),
      held: others[1],
      heldLeftOut: leftOutOf(held, PEOPLE),
    };
  }

  async meeting(reader: Reader, { programId, week, since }: OutreachMeetingArgs) {
    const soon = addMinutes(await this.programs.now(reader), DAY_MINUTES);
    const ofWeek = await this.risks.ordered(reader, await this.store.listed(reader, 'ofWeek', programId, week));
    const dueRows = await this.store.listed(reader, 'due', programId, soon);
    const isDue = await this.risks.ordered(
      reader,
      dueRows.filter((row) => isTold(reader, row)),
    );
    const told = await this.store.listed(reader, 'changed', programId, since);
    const receipts = await this.store.receipts(reader, programId, since);
    const news = [...told.filter((row) => reads(reader, row, 'changedAt')), ...receipts];
    const [people, due, changed] = await this.opened(reader, ofWeek, isDue, news);
    return {
      week,
      people,
      peopleLeftOut: leftOutOf(ofWeek, PEOPLE),
      due,
      dueLeftOut: leftOutOf(isDue, PEOPLE),
      changed,
      changedLeftOut: leftOutOf(news, PEOPLE),
    };
  }

  /** The first of each list, with all that may be read of them. */
  private async opened(reader: Reader, ...lists: readonly (readonly ListedRow[])[]): Promise<OutreachCaseRow[][]> {
    const shown = lists.map((list) => list.slice(0, PEOPLE).map(({ id }) => id));
    const rows = await this.store.byIds(reader, [...new Set(shown.flat())]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return shown.map((ids) => ids.flatMap((id) => byId.get(id) ?? []));
  }
}
