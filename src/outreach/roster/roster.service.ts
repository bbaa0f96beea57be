import { Injectable } from '@nestjs/common';
import { OverdosesService } from '../../overdoses';
import { PeopleService, type PersonRow } from '../../people';
import { newId } from '../../platform/database/new-id';
import type { SystemTx } from '../../platform/database/tx';
import { atEarlierHome, carriedOver, lacksHome, partedFromOther } from '../engine/carried-over';
import { placeOnRows, type KnownRow } from '../engine/place-on-rows';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseKeeping } from './case-keeping';
import type { CaseRow } from './outreach-case.entity';
import { FlaggedRows, type Flagged } from './flagged-rows';
import { LeaderlessRows } from './leaderless-rows';
import { OptOuts } from './opt-outs';
import { partedFrom } from './parted-rows';
import { RosterRows, type Group, type Known } from './roster-rows';
import { copyOf, kindOfKey, lookUpOf, rosterEvent, rowKeyOf, unified, type RosterEvent } from './roster-world';
import { isSameCopy, keysOf, RosterStore, type StandingEvent } from './roster.store';

interface World {
  readonly events: ReadonlyMap<string, RosterEvent>;
  readonly rows: ReadonlyMap<string, CaseRow>;
  readonly standing: readonly StandingEvent[];
  /** All overdoses that ever stood on each row, the first first. */
  readonly onces: ReadonlyMap<string, readonly string[]>;
}

interface Carrying {
  /** The row before it was placed anew, if there was one. */
  readonly before: CaseRow | undefined;
  readonly joined: readonly CaseRow[];
  /** The row of somebody else into which it was joined until now. */
  readonly from?: CaseRow | undefined;
}

/** Done on a row so far: of two rows that turn out to be one, the one with more goes on. */
const WORK = { VOID: 0, UNASSIGNED: 1, HANDED_OVER: 2, OPEN: 2, CLOSED: 3, TRIED: 4, REACHED: 5 } as const;

/** Keeps every overdose that stands on exactly one row of the roster, in the transaction that writes the overdose. */
@Injectable()
export class RosterService {
  constructor(
    private readonly store: RosterStore,
    private readonly rows: RosterRows,
    private readonly keeping: CaseKeeping,
    private readonly flagged: FlaggedRows,
    private readonly leaderless: LeaderlessRows,
    private readonly overdoses: OverdosesService,
    private readonly people: PeopleService,
    private readonly programs: OutreachProgramsStore,
    private readonly optOuts: OptOuts,
  ) {}

  /** These overdoses were recorded, joined, corrected, parted or taken back; or who they are of is known anew. */
  async follow(tx: SystemTx, eventIds: readonly string[]): Promise<void> {
    this.store.takeTurn(tx);
    const gathered = await this.gather(tx, eventIds);
    const events = unified([...gathered.events.values()]);
    const world = { ...gathered, events: new Map(events.map((event) => [event.id, event])) };
    const groups = groupsOf(events);
    const { rowOf, voided } = placeOnRows(events, knownRows(world), kindOfKey);
    const idOf = new Map([...rowOf].map(([key, id]) => [key, id ?? newId()]));
    const learnt = await this.learn(tx, events);
    const known = { ...learnt, parted: partedFrom(world, idOf, learnt.people) };
    for (const [id, key] of voided) await this.rows.void(tx, world.rows.get(id), key);
    this.liftKeys(tx, world, groups, idOf);
    const joining = (into: string) =>
      [...voided].flatMap(([id, key]) => (key !== null && idOf.get(key) === into ? (world.rows.get(id) ?? []) : []));
    const kept: CaseRow[] = [];
    for (const [key, group] of groups) {
      const [row, id] = [world.rows.get(rowOf.get(key) ?? ''), idOf.get(key) ?? ''];
      const at = row ? await this.rows.keep(tx, row, group, known) : await this.rows.open(tx, id, group, known);
      kept.push(await this.carry(tx, at, { before: row, joined: joining(at.id), from: joinedWith(world, row) }));
    }
    for (const [id, key] of voided) if (key !== null) this.store.join(tx, id, idOf.get(key) ?? '');
    this.settle(tx, world, idOf);
    await this.leaveAlone(tx, kept, [...world.rows.values()]);
  }

  /** A hospital flagged a patient. Nobody visits who opted out before, and the hospital is not told so. */
  async openFlagged(tx: SystemTx, flagged: Flagged) {
    this.store.takeTurn(tx);
    const { row, teamAgencyId, isNew } = await this.flagged.take(tx, flagged);
    await this.leaveAlone(tx, [isNew ? await this.carry(tx, row, { before: undefined, joined: [] }) : row]);
    return { caseId: row.id, teamAgencyId };
  }

  /** A program looks after these counties from now on: what waited for one is its. */
  async takeOn(tx: SystemTx, countyFips: readonly string[]): Promise<void> {
    const waiting = await this.store.waitingIn(tx, countyFips);
    if (waiting.length > 0) await this.follow(tx.inTrailOf(null), waiting);
    await this.flagged.takeOn(tx.inTrailOf(null), countyFips);
  }

  /** Nobody is left in the team that had it: whoever looks after the county now has it, else somebody finds it a program. */
  async letGo(tx: SystemTx, caseId: string): Promise<boolean> {
    this.store.takeTurn(tx);
    const [row] = await this.store.rowsById(tx, [caseId]);
    if (!row || !(await this.leaderless.letGo(tx, row))) return false;
    await this.takeOn(tx, [row.countyFips, row.residenceCountyFips ?? []].flat());
    return true;
  }

  /** Nobody is left where a program was to be found for it: somebody else finds one. */
  async findAnew(tx: SystemTx, caseId: string): Promise<boolean> {
    this.store.takeTurn(tx);
    const [row] = await this.store.rowsById(tx, [caseId]);
    return row !== undefined && this.leaderless.findAnew(tx, row);
  }

  /** Who a flagged patient is was decided anew. */
  async placeFlagged(tx: SystemTx, caseId: string): Promise<void> {
    this.store.takeTurn(tx);
    await this.leaveAlone(tx, await this.flagged.placeAnew(tx, caseId));
  }

  /** What keeps people safe goes with the person: from rows that end in this one, and from earlier ones where it is new or newly theirs. */
  private async carry(tx: SystemTx, row: CaseRow, { before, joined, from }: Carrying): Promise<CaseRow> {
    const isTheirs = before !== undefined && keysOf(before).join() === keysOf(row).join();
    const others = isTheirs && !lacksHome(row) ? [] : await this.store.othersOf(tx, row);
    const carried = partedFromOther(carriedOver(row, joined, isTheirs ? [] : others), from);
    return this.rows.carry(tx, row, atEarlierHome(carried, others));
  }

  /** With these overdoses all rows they could be on, and all that stands on those. */
  private async gather(tx: SystemTx, eventIds: readonly string[]): Promise<World> {
    const events = new Map<string, RosterEvent>();
    const rows = new Map<string, CaseRow>();
    const standing = new Map<string, StandingEvent>();
    let fresh = [...new Set(eventIds)];
    while (fresh.length > 0) {
      const facts = await this.overdoses.eventsById(tx, fresh);
      const reports = await this.overdoses.reportsOf(tx, fresh);
      for (const one of await this.store.eventsOn(tx, fresh, [])) standing.set(one.id, one);
      const rowOf = new Map([...standing.values()].map((one) => [one.eventId, one.caseId]));
      const found = facts
        .filter(({ endedAt }) => endedAt === null)
        .map((event) => {
          const own = reports.filter(({ eventId }) => eventId === event.id);
          return rosterEvent(event, own, rowOf.get(event.id) ?? null);
        });
      for (const event of found) events.set(event.id, event);
      const ids = [...new Set([...standing.values()].map(({ caseId }) => caseId))].filter((id) => !rows.has(id));
      const reached = [
        ...(await this.store.rowsById(tx, ids)),
        ...(await this.store.rowsByKey(tx, found.flatMap(lookUpOf))),
      ].filter(({ id }) => !rows.has(id));
      for (const row of reached) rows.set(row.id, row);
      for (const row of await this.store.joinedInto(
        tx,
        reached.map(({ id }) => id),
      )) {
        rows.set(row.id, row);
      }
      const onThem = reached.length === 0 ? [] : await this.store.eventsOn(tx, [], [...rows.keys()]);
      for (const one of onThem) standing.set(one.id, one);
      fresh = [...new Set(onThem.map(({ eventId }) => eventId))].filter(
        (id) => !events.has(id) && !eventIds.includes(id),
      );
    }
    const onces = new Map<string, string[]>();
    for (const { caseId, eventId } of await this.store.oncesOn(tx, [...rows.keys()])) {
      onces.set(caseId, [...(onces.get(caseId) ?? []), eventId]);
    }
    return { events, rows, standing: [...standing.values()], onces };
  }

  private async learn(tx: SystemTx, events: readonly RosterEvent[]): Promise<Omit<Known, 'parted'>> {
    const reportIds = events.flatMap(({ reports }) => reports.map(({ reportId }) => reportId));
    const places = reportIds.length === 0 ? [] : await this.overdoses.placesOf(tx, reportIds);
    const people = new Map<string, PersonRow>();
    for (const personId of new Set(events.flatMap((one) => one.personId ?? []))) {
      const person = await this.people.find(tx, personId);
      if (person) people.set(personId, person);
    }
    const fips = new Set(events.flatMap(({ event }) => [event.countyFips, event.residenceCountyFips ?? []].flat()));
    const looksAfter = await this.programs.looksAfter(tx, [...fips]);
    const programs = new Map([...looksAfter.values()].map((program) => [program.id, program]));
    return { people, places: new Map(places.map((one) => [one.reportId, one])), looksAfter, programs };
  }

  private liftKeys(
    tx: SystemTx,
    { rows }: World,
    groups: ReadonlyMap<string, Group>,
    idOf: ReadonlyMap<string, string>,
  ): void {
    const moving = [...groups].flatMap(([key, [event]]) => {
      const row = rows.get(idOf.get(key) ?? '');
      const isSame = !row || (row.personKey === event.personKey && row.week === event.week);
      return isSame ? [] : [row.id];
    });
    this.store.lift(tx, moving);
  }

  /** Puts every overdose on its row, and those that ended on none. */
  private settle(tx: SystemTx, { events, standing }: World, idOf: ReadonlyMap<string, string>): void {
    const on = new Map(standing.map((one) => [one.eventId, one]));
    const leaving = standing.filter(({ eventId, caseId }) => caseId !== idOf.get(events.get(eventId)?.key ?? ''));
    this.store.leave(
      tx,
      leaving.map(({ eventId }) => eventId),
    );
    for (const event of events.values()) {
      const [caseId, stands, copy] = [idOf.get(event.key) ?? '', on.get(event.id), copyOf(event)];
      if (stands?.caseId !== caseId) this.store.enter(tx, caseId, copy);
      else if (!isSameCopy(stands, copy)) this.store.refresh(tx, stands.id, copy);
    }
  }

  /** Nobody visits who opted out, or who is known to have died. `before`: rows as they were, of people who may be told dead no more. */
  private async leaveAlone(tx: SystemTx, rows: readonly CaseRow[], before: readonly CaseRow[] = []): Promise<void> {
    const optedOut = await this.optOuts.settle(tx, rows);
    const keys = [...new Set([...rows, ...before].flatMap(keysOf))];
    for (const row of await this.store.dead(tx, keys)) await this.rows.end(tx, row);
    await this.keeping.askAfterTheLiving(tx, keys);
    const freed: CaseRow[] = [];
    for (const row of await this.store.alive(tx, keys)) freed.push(await this.rows.revive(tx, row, 'DEATH_TAKEN_BACK'));
    const isFreed = ({ id, endReason, closedBy, stopAt }: CaseRow) =>
      endReason === 'OPTED_OUT' && closedBy === null && stopAt > tx.asOf && optedOut.get(id)?.likeness !== 'SAME';
    for (const row of rows.filter(isFreed)) freed.push(await this.rows.revive(tx, row, 'OPT_OUT_OF_ANOTHER'));
    if (freed.length > 0) await this.optOuts.settle(tx, freed);
  }
}

/** The row that a row was joined into until now. */
const joinedWith = ({ rows }: World, row: CaseRow | undefined): CaseRow | undefined =>
  row?.state === 'VOID' ? rows.get(row.joinedInto ?? '') : undefined;

const groupsOf = (events: readonly RosterEvent[]): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>();
  for (const event of events) groups.set(event.key, [event, ...(groups.get(event.key) ?? [])]);
  return groups;
};

const knownRows = ({ rows, onces, events }: World): KnownRow[] =>
  [...rows.values()].map((row) => ({
    id: row.id,
    key: rowKeyOf(row, onces.get(row.id) ?? [], events),
    kind: row.kind,
    work: WORK[row.state],
  }));
