import { Injectable } from '@nestjs/common';
import { addMinutes } from '../kernel/clock';
import { PeopleService } from '../people';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import { EventJoiningService } from './event-joining.service';
import { eventFactsOf } from './engine/event-facts';
import { joinReports } from './engine/join-reports';
import { personRiskOf, type PastOverdose, type PersonRisk } from './engine/person-risk';
import { joiningPolicyAt } from './joining-rules';
import type { OverdoseEventEntity } from './overdose-event.entity';
import {
  OverdoseEventsStore,
  type EventWindow,
  type ReportOfEvent,
  type StandingReport,
} from './overdose-events.store';
import { OverdoseReportsStore, type OverdoseReportRow } from './overdose-reports.store';
import type { OverdoseReportsArgs } from './overdose-reports.args';
import { riskPolicyAt } from './risk-rules';

const DAY_MINUTES = 1440;

/** Where it happened and where the person lives, in words, as one agency reported it. */
export interface ReportedPlaces {
  readonly reportId: string;
  readonly agencyId: string;
  readonly place: string | null;
  readonly residence: string | null;
}

/** The risk of a person, and whose report told of their last overdose; null: there is none. */
export type ToldRisk = PersonRisk & { readonly toldBy: string | null };

/**
 * What rooms above read. Events and people are read as Handrail (`runAsSystem`, or a transaction past `asSystem`): for an actor every
 * list is empty. What a room shows of it to whom is for its own rows in the access table to say; that an event has reports of other
 * agencies, and which, is shown to nobody.
 */
@Injectable()
export class OverdosesService {
  constructor(
    private readonly events: OverdoseEventsStore,
    private readonly reports: OverdoseReportsStore,
    private readonly people: PeopleService,
    private readonly joining: EventJoiningService,
  ) {}

  /** Own reports of an actor’s agency, the latest overdose first. */
  async page(reader: Reader, args: OverdoseReportsArgs): Promise<Connection<OverdoseReportRow>> {
    const period = { from: args.from ?? null, until: args.until ?? null };
    const rows = await this.reports.page(reader, period, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, occurredAtText }) => ({ id, createdAt: occurredAtText }));
  }

  /** Events by id, ended ones too (`endedAt`, `joinedInto`). */
  eventsById(reader: Reader, ids: readonly string[]): Promise<OverdoseEventEntity[]> {
    return this.events.byIds(reader, ids);
  }

  /** Events that stand, by county and period, in the order of time. */
  eventsIn(reader: Reader, window: EventWindow): Promise<OverdoseEventEntity[]> {
    return this.events.inWindow(reader, window);
  }

  /** The reports of these events that stand, each with its agency, its person and the cluster of that person. */
  reportsOf(reader: Reader, eventIds: readonly string[]): Promise<ReportOfEvent[]> {
    return this.events.reportsOf(reader, eventIds);
  }

  /** Events of persons whoever has them on file, since a moment: cluster id → events in the order of time. */
  async eventsOfClusters(
    reader: Reader,
    clusterIds: readonly string[],
    since: Date,
  ): Promise<ReadonlyMap<string, readonly OverdoseEventEntity[]>> {
    const members = await this.people.membersOf(reader, clusterIds);
    const clusterOf = new Map([...members].flatMap(([cluster, ids]) => ids.map((id) => [id, cluster] as const)));
    const events = new Map<string, Map<string, OverdoseEventEntity>>();
    for (const { personId, ...event } of await this.events.ofPersons(reader, [...clusterOf.keys()], since)) {
      const cluster = clusterOf.get(personId) ?? personId;
      events.set(cluster, (events.get(cluster) ?? new Map<string, OverdoseEventEntity>()).set(event.id, event));
    }
    return new Map([...events].map(([cluster, own]) => [cluster, [...own.values()]]));
  }

  /**
   * What the overdoses of people say about the danger they are in, whoever has them on file: person id → their risk, for every person
   * asked for. Use it to order and to prefer, never to exclude. It rests on reports of every agency: whoever is shown it, or a
   * sentence that explains it, must be somebody who may see the overdoses themselves (class INCIDENT).
   */
  async riskOf(reader: Reader, personIds: readonly string[], asOf: Date): Promise<ReadonlyMap<string, ToldRisk>> {
    const policy = riskPolicyAt(asOf);
    const since = addMinutes(asOf, -policy.withinDays * DAY_MINUTES);
    const rows = await this.events.pastOf(reader, personIds, since);
    const told = (personId: string): [string, ToldRisk] => {
      const own = rows.filter((row) => row.personId === personId);
      const events = [...new Map(own.map((row) => [row.id, row])).values()];
      return [personId, { ...personRiskOf(events, asOf, policy), toldBy: own.at(-1)?.agencyId ?? null }];
    };
    return new Map(personIds.map(told));
  }

  /**
   * The same from nothing but what one agency reported itself, as if no other had ever reported anything: for what may tell that
   * agency of nobody else. Its reports are put on overdoses here, without those that Handrail put beside them.
   */
  async riskByOwn(reader: Reader, agencyId: string, personId: string, asOf: Date): Promise<PersonRisk> {
    const policy = riskPolicyAt(asOf);
    const reports = await this.events.ownOf(
      reader,
      agencyId,
      personId,
      addMinutes(asOf, -policy.withinDays * DAY_MINUTES),
    );
    const byId = new Map(reports.map((report) => [report.id, report]));
    const events = joinReports(reports, joiningPolicyAt(asOf)).map(({ ids }) => {
      const [first, ...others] = ids.map((id) => byId.get(id) as StandingReport);
      return eventFactsOf([first as StandingReport, ...others]);
    });
    return personRiskOf(events, asOf, policy);
  }

  /** The same of overdoses that whoever is told may see anyway. */
  riskFrom(events: readonly PastOverdose[], asOf: Date): PersonRisk {
    return personRiskOf(events, asOf, riskPolicyAt(asOf));
  }

  /** Who the people of these events are is known anew: what is of one person is one event, and rooms that follow events are told. */
  async lookAgain(tx: SystemTx, eventIds: readonly string[]): Promise<void> {
    const reports = await this.events.reportsOf(tx, eventIds);
    await this.joining.rejoin(
      tx,
      reports.map(({ reportId }) => reportId),
    );
  }

  /** Addresses as they were reported, opened. Keep them sealed, and show them under rules of your own. */
  async placesOf(reader: Reader, reportIds: readonly string[]): Promise<ReportedPlaces[]> {
    const rows = await this.reports.byIds(reader, reportIds);
    return rows.map(({ id, agencyId, place, residence }) => ({ reportId: id, agencyId, place, residence }));
  }
}
