import { Injectable } from '@nestjs/common';
import { counties } from '../agencies';
import { addMinutes } from '../kernel/clock';
import { PeopleService, PersonLinkingService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import { eventFactsOf, type EventFacts } from './engine/event-facts';
import { joinReports, personsToCompare, ruleFor } from './engine/join-reports';
import { reachOf, type JoiningPolicy } from './engine/joining-policy';
import { placeOnEvents } from './engine/place-on-events';
import { EventFollowers } from './event-followers';
import { joiningPolicyAt } from './joining-rules';
import { OVERDOSE_EVENT_CHANGED, OVERDOSE_EVENT_ENDED, OVERDOSE_EVENT_RECORDED } from './overdose.events';
import type { OverdoseEventEntity } from './overdose-event.entity';
import { isSameEvent, OverdoseEventsStore, type Reach, type StandingReport } from './overdose-events.store';

const inAndAround = (fips: string): string[] => [fips, ...(counties().county(fips)?.neighbours ?? [])];

/** Keeps every report that stands on exactly one event, whichever way reports come, change and go. */
@Injectable()
export class EventJoiningService {
  constructor(
    private readonly store: OverdoseEventsStore,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly followers: EventFollowers,
  ) {}

  /**
   * Joins these reports anew with all that may be of the same overdose. What comes out depends on the reports that stand and not on
   * their order: everything that could be touched is looked at again, one transaction after another.
   */
  async rejoin(tx: SystemTx, reportIds: readonly string[]): Promise<void> {
    const policy = joiningPolicyAt(tx.asOf);
    this.store.takeTurn(tx);
    const touched = new Set(await this.store.eventsOfReports(tx, reportIds));
    const found = await this.closure(tx, policy, await this.store.standing(tx, reportIds, [...touched]));
    const reports = await this.withSlips(tx, policy, found);
    for (const { eventId } of reports) if (eventId !== null) touched.add(eventId);
    await this.settle(tx, { reports, touched: [...touched].sort(), policy, reportIds });
  }

  /** With the given reports, all that any chain of likeness leads to. */
  private async closure(
    tx: SystemTx,
    policy: JoiningPolicy,
    given: readonly StandingReport[],
  ): Promise<StandingReport[]> {
    const known = new Map(given.map((report) => [report.id, report]));
    let fresh: readonly StandingReport[] = given;
    while (fresh.length > 0) {
      const near = await this.store.near(tx, await this.reachOf(tx, policy, fresh));
      const around = await this.withSlips(tx, policy, [...near, ...fresh]);
      const tied = around.filter(
        (one) => !known.has(one.id) && fresh.some((other) => ruleFor(one, other, policy) >= 0),
      );
      const events = tied.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
      const siblings = events.length === 0 ? [] : await this.store.standing(tx, [], events);
      fresh = [...new Map([...tied, ...siblings].map((one) => [one.id, one])).values()].filter(
        ({ id }) => !known.has(id),
      );
      for (const report of fresh) known.set(report.id, report);
    }
    return [...known.values()];
  }

  /** With who else each may be of but for a slip of the pen, among these. */
  private async withSlips(
    tx: SystemTx,
    policy: JoiningPolicy,
    reports: readonly StandingReport[],
  ): Promise<StandingReport[]> {
    const likely = new Map<string, Map<string, number>>();
    for (const { one, other, facts } of await this.linking.slipsBetween(tx, personsToCompare(reports, policy))) {
      for (const [person, like] of [
        [one, other],
        [other, one],
      ] as const) {
        likely.set(person, (likely.get(person) ?? new Map<string, number>()).set(like, facts));
      }
    }
    return reports.map((report) => {
      const slips = likely.get(report.person ?? '');
      return slips ? { ...report, likely: slips } : report;
    });
  }

  private async reachOf(tx: SystemTx, policy: JoiningPolicy, reports: readonly StandingReport[]): Promise<Reach> {
    const span = ({ occurredAt }: StandingReport, minutes: number) => ({
      from: addMinutes(occurredAt, -minutes),
      until: addMinutes(occurredAt, minutes),
    });
    const inPlace = Math.max(reachOf(policy, 'UNKNOWN'), reachOf(policy, 'LIKELY'));
    const inPerson = reachOf(policy, 'SAME');
    const named = [...new Set(reports.flatMap(({ person }) => (person === null ? [] : [person])))];
    const members = named.length === 0 ? null : await this.people.membersOf(tx, named);
    return {
      places: reports.flatMap((report) =>
        inAndAround(report.countyFips).map((countyFips) => ({ ...span(report, inPlace), countyFips })),
      ),
      persons: reports.flatMap((report) =>
        (members?.get(report.person ?? '') ?? []).map((personId) => ({ ...span(report, inPerson), personId })),
      ),
    };
  }

  private async settle(tx: SystemTx, { reports, touched, policy, reportIds }: Touched): Promise<void> {
    const byId = new Map(reports.map((report) => [report.id, report]));
    const joined = joinReports(reports, policy);
    const groups = joined.map(({ ids }) => ids.map((id) => byId.get(id) as StandingReport));
    const { eventOf, ended } = placeOnEvents(groups, touched);
    const onFile = new Map((await this.store.byIds(tx, touched)).map((event) => [event.id, event]));
    const overdoses = joined.map(({ ruleOf }, at): Overdose => {
      const event = onFile.get(eventOf[at] ?? '');
      const members = groups[at] as [StandingReport, ...StandingReport[]];
      return {
        event,
        members,
        ruleOf,
        entering: members.filter(({ eventId }) => eventId === null || eventId !== event?.id),
      };
    });
    const gone = reportIds.filter((id) => !byId.has(id));
    this.store.leave(tx, [...gone, ...overdoses.flatMap(({ entering }) => entering.map(({ id }) => id))]);
    const ids = overdoses.map((overdose) => this.keep(tx, overdose, policy));
    for (const [id, went] of ended) {
      const joinedInto = went === null ? null : (ids[went] ?? null);
      this.store.end(tx, id, joinedInto);
      this.tell(tx, OVERDOSE_EVENT_ENDED, id, joinedInto === null ? {} : { joinedInto });
    }
    await this.followers.follow(tx, [...ids, ...ended.keys()]);
  }

  /** Writes one overdose down, as far as it is not on file as it is; answers the id of its event. */
  private keep(tx: SystemTx, { event, members, entering, ruleOf }: Overdose, policy: JoiningPolicy): string {
    const facts = eventFactsOf(members);
    const id = event?.id ?? this.store.insert(tx, facts, members.length);
    for (const { id: reportId } of entering) {
      const part = { eventId: id, reportId, rule: ruleOf.get(reportId) ?? null, policyVersion: policy.version };
      this.store.enter(tx, part);
    }
    if (!event) this.tell(tx, OVERDOSE_EVENT_RECORDED, id);
    else if (entering.length > 0 || !isSameEvent(event, facts, members.length)) {
      this.store.change(tx, id, facts, members.length);
      this.tell(tx, OVERDOSE_EVENT_CHANGED, id, formerOf(event, facts));
    }
    return id;
  }

  private tell(tx: SystemTx, name: string, id: string, payload: News = {}): void {
    // Where and when it was is for those who count, and no part of the trail.
    const details = payload.joinedInto === undefined ? {} : { joinedInto: payload.joinedInto };
    tx.audit({ action: name, subjectType: 'OverdoseEvent', subjectId: id, details });
    tx.emit({ name, subjectType: 'OverdoseEvent', subjectId: id, payload });
  }
}

/** Where and when an event that stood was, if these facts move it or leave it without an hour. */
const formerOf = ({ endedAt, countyFips, occurredAt, isTimeKnown }: OverdoseEventEntity, facts: EventFacts): News => {
  const isMoved =
    countyFips !== facts.countyFips ||
    occurredAt.getTime() !== facts.occurredAt.getTime() ||
    isTimeKnown !== facts.isTimeKnown;
  return endedAt === null && isMoved
    ? { formerCountyFips: countyFips, formerOccurredAt: occurredAt.toISOString() }
    : {};
};

/** Payload of what is told of an event. */
type News = Readonly<Partial<Record<'joinedInto' | 'formerCountyFips' | 'formerOccurredAt', string>>>;

/** Reports of one overdose, its event on file, and those of them that were not part of it. */
interface Overdose {
  readonly event: OverdoseEventEntity | undefined;
  readonly members: readonly [StandingReport, ...StandingReport[]];
  readonly entering: readonly StandingReport[];
  readonly ruleOf: ReadonlyMap<string, string>;
}

interface Touched {
  readonly reports: readonly StandingReport[];
  /** Events that these reports are part of until now. */
  readonly touched: readonly string[];
  readonly policy: JoiningPolicy;
  readonly reportIds: readonly string[];
}
