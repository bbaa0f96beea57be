import { Injectable } from '@nestjs/common';
import { mayDo, mayRead, NO_FACTS } from '../access';
import { ClocksLoaders, ClocksService } from '../clocks';
import { BreakGlassLoaders, OversightLoaders } from '../consent';
import { outreachCaseMachine, OutreachCasesLoaders } from '../outreach';
import type { Reader } from '../platform/database/reader';
import { ReferralsLoaders } from '../referrals';
import { exposureMachine, RespondersLoaders } from '../responders';
import { ChildReportsLoaders } from '../safety';
import { CustodyAlertsService } from '../surrenders';
import type { NudgeKind } from './nudge-kinds';

/** Whether the record waits for this reader now: they may take the step or see the fact, and it is still to be done. */
export type Waits = (reader: Reader, id: string) => Promise<boolean>;

/** Kinds of nudge about what has a deadline. */
export type DueKind = Extract<
  NudgeKind,
  `${string}_DUE` | 'AGENCY_OVERDUE' | 'CASE_PLACED' | 'STOCK_WARNED' | 'GLASS_BROKEN'
>;

/** Who is to act on what has a deadline. */
@Injectable()
export class DueAudience {
  constructor(
    private readonly referrals: ReferralsLoaders,
    private readonly clocks: ClocksLoaders,
    private readonly deadlines: ClocksService,
    private readonly glasses: BreakGlassLoaders,
    private readonly oversight: OversightLoaders,
    private readonly outreach: OutreachCasesLoaders,
    private readonly responders: RespondersLoaders,
    private readonly children: ChildReportsLoaders,
    private readonly custody: CustodyAlertsService,
  ) {}

  readonly waits: Readonly<Record<DueKind, Waits>> = {
    CLOCK_DUE: async (reader, id) => {
      const clock = await this.referrals.clock.readBack(reader, id);
      return clock?.endedAt === null && mayRead(reader.actor, 'Clock', 'dueAt', clock);
    },
    CASE_PLACED: (reader, id) => this.#isToPlace(reader, id),
    CASE_DUE: async (reader, id) => {
      if (await this.#isToPlace(reader, id)) return true;
      const one = await this.outreach.case.readBack(reader, id);
      if (!one || one.state === 'HANDED_OVER' || outreachCaseMachine.isFinal(one.state)) return false;
      return mayDo(reader.actor, 'OutreachCase', 'attempt', one);
    },
    COUNT_DUE: async (reader, id) => {
      const clock = await this.clocks.room.readBack(reader, id);
      return clock?.endedAt === null && mayRead(reader.actor, 'RoomClock', 'dueAt', clock);
    },
    OVERSIGHT_DUE: async (reader, id) => {
      if (await this.#isToReview(reader, id)) return true;
      const request = await this.oversight.accountingRequest.readBack(reader, id);
      return request?.answeredAt === null && mayDo(reader.actor, 'AccountingRequest', 'answer', request);
    },
    GLASS_BROKEN: (reader, id) => this.#isToReview(reader, id),
    EXPOSURE_DUE: async (reader, id) => {
      const exposure = await this.responders.exposure.readBack(reader, id);
      if (exposure === null || exposureMachine.isFinal(exposure.state)) return false;
      return mayDo(reader.actor, 'Exposure', exposure.state === 'REPORTED' ? 'review' : 'close', exposure);
    },
    CHILD_DUE: async (reader, id) => {
      const report = await this.children.report.readBack(reader, id);
      if (report?.state === 'SUBMITTED') return mayDo(reader.actor, 'ChildReport', 'receive', report);
      if (report?.state !== 'RECEIVED' || !mayDo(reader.actor, 'ChildReport', 'close', report)) return false;
      return (await this.children.attention.readBack(reader, report)) !== null;
    },
    STOCK_WARNED: async (reader, id) => {
      const { actor } = reader;
      const mayKeep = mayDo(actor, 'NaloxoneStock', 'receive', { relations: ['OWN_AGENCY'], consents: [] });
      const open = mayKeep ? await this.responders.warningsOf.readBack(reader, actor.agencyId) : [];
      return open?.some((warning) => warning.id === id) ?? false;
    },
    RESTOCK_DUE: async (reader, id) => {
      const request = await this.responders.request.readBack(reader, id);
      // Whoever was asked; and whoever asks, once nobody has answered in time.
      if (request?.state === 'REQUESTED') {
        return (['send', 'cancel'] as const).some((step) => mayDo(reader.actor, 'RestockRequest', step, request));
      }
      return request?.state === 'SENT' && mayDo(reader.actor, 'RestockRequest', 'receive', request);
    },
    // Whose deadline passed and not which: the operator’s people see no clock.
    AGENCY_OVERDUE: async ({ actor }, id) =>
      mayDo(actor, 'ClockSetting', 'set', NO_FACTS) &&
      ((await this.deadlines.isOverdueForOperator(id)) || this.custody.isLeftWaiting(id)),
  };

  /** Handed to their team, or theirs to find a team for. */
  async #isToPlace(reader: Reader, id: string): Promise<boolean> {
    const one = await this.outreach.case.readBack(reader, id);
    if (one?.state === 'HANDED_OVER') return mayDo(reader.actor, 'OutreachCase', 'acknowledge', one);
    return one?.state === 'UNASSIGNED' && mayDo(reader.actor, 'OutreachCase', 'assign', one);
  }

  async #isToReview(reader: Reader, id: string): Promise<boolean> {
    const review = await this.glasses.review.readBack(reader, id);
    return review?.finding === null && mayDo(reader.actor, 'BreakGlassReview', 'review', review);
  }
}
