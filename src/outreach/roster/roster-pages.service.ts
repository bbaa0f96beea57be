import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Reader } from '../../platform/database/reader';
import { decodeRankedCursor, pageOf, type Connection } from '../../platform/graphql';
import { nextOnRoster } from '../engine/roster-order';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseRisks } from './case-risks';
import type { OutreachRosterArgs } from './outreach-case.inputs';
import { OutreachCasesStore, type OutreachCaseRow, type RosterPage } from './outreach-cases.store';

/** The roster, a page at a time: by the day on which somebody is due, and of one day those in most danger first. */
@Injectable()
export class RosterPagesService {
  constructor(
    private readonly store: OutreachCasesStore,
    private readonly programs: OutreachProgramsStore,
    private readonly risks: CaseRisks,
  ) {}

  /**
   * Danger counts from the first page on as it was known then: time that passes and what is told between two pages pass nobody by.
   */
  async page(reader: Reader, args: OutreachRosterArgs): Promise<Connection<OutreachCaseRow>> {
    const { programId, first } = args;
    const after = args.after ? decodeRankedCursor(args.after) : null;
    const zone = (await this.programs.find(reader, programId))?.timeZone ?? 'UTC';
    const asOf = after === null ? await this.programs.now(reader) : new Date(after.asOf);
    const due = await this.store.dueFrom(reader, onlyOf(args), {
      after: after?.createdAt ?? null,
      zone,
      limit: first + 1,
    });
    const pointsOf = await this.risks.pointsOf(reader, due, asOf);
    const placeOf = (id: string, dueAt: string, points: number) => ({ id, day: dayIn(zone, dueAt), points, dueAt });
    const places = due.map(({ id, dueAtText }) => placeOf(id, dueAtText, pointsOf(id)));
    const last = after && placeOf(after.id, after.createdAt, after.rank);
    const next = nextOnRoster(places, last, first + 1);
    const ids = next.map(({ id }) => id);
    const rows = new Map((await this.store.byIds(reader, ids)).map((row) => [row.id, row]));
    const dueAt = new Map(next.map((place) => [place.id, place.dueAt]));
    return pageOf(
      ids.flatMap((id) => rows.get(id) ?? []),
      args,
      ({ id, dueAtText }) => ({
        ...{ id, createdAt: dueAt.get(id) ?? dueAtText },
        ...{ rank: pointsOf(id), asOf: asOf.toISOString() },
      }),
    );
  }
}

const onlyOf = ({ programId, week = null, states = null, changedSince = null }: OutreachRosterArgs): RosterPage => ({
  ...{ programId, week, states, changedSince },
});

const dayIn = (zone: string, at: string): string => DateTime.fromISO(at, { zone }).toISODate() ?? at;
