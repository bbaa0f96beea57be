import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CENSUS_POSTED } from '../capacity';
import { OVERDOSE_EVENT_CHANGED, OVERDOSE_EVENT_ENDED, OVERDOSE_EVENT_RECORDED } from '../overdoses';
import { sql } from '../platform/database/statement';
import { checkBy, SelfChecks, type Found } from '../platform/jobs/self-checks';
import { Tasks } from '../platform/jobs/tasks';
import { Subscribers } from '../platform/outbox/subscribers';
import { LABORATORY_RESULT_RECORDED } from '../surrenders';
import { LaboratoryWarningsService } from './laboratory-warnings.service';
import { SpikeCausesService } from './spike-causes.service';
import { SpikesService } from './spikes.service';

const LONGEST_REST_MS = 1_000;
const notJudged = sql<Found>(`select id from spike_cause where at < app.now() - interval '5 minutes' limit $1`);
const HEARD = [OVERDOSE_EVENT_RECORDED, OVERDOSE_EVENT_CHANGED, OVERDOSE_EVENT_ENDED] as const;

/** Has counties judged after every insert, correction and withdrawal; never at midnight. */
@Injectable()
export class SurveillanceJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly checks: SelfChecks,
    private readonly subscribers: Subscribers,
    private readonly causes: SpikeCausesService,
    private readonly spikes: SpikesService,
    private readonly laboratory: LaboratoryWarningsService,
  ) {}

  onModuleInit(): void {
    const looking = this.tasks.registerTail(() => this.lookAndRest());
    for (const name of HEARD) {
      const isTakenBack = name === OVERDOSE_EVENT_ENDED;
      this.subscribers.on(name, async ({ subjectId, payload: { formerCountyFips, formerOccurredAt } }) => {
        await this.causes.eventChanged(subjectId, isTakenBack);
        // Moved by a correction: where it was, and when, it is no more.
        if (formerCountyFips !== undefined && formerOccurredAt !== undefined) {
          await this.causes.eventLeft(formerCountyFips, new Date(formerOccurredAt));
        }
        looking.call();
      });
    }
    this.subscribers.on(CENSUS_POSTED, ({ agencyId }) => this.spikes.censusPosted(agencyId));
    // Of the event only whose room and what was found is taken on: which bag it was stays in the annex.
    this.subscribers.on(LABORATORY_RESULT_RECORDED, ({ payload: { agencyId = '', findings = '' } }) =>
      this.laboratory.resultRecorded(agencyId, findings.split(',')),
    );
    this.tasks.registerSweep(() => this.spikes.sweep());
    this.checks.register(checkBy('spikes-judged', notJudged));
  }

  /** A look is hard work: while reports pour in, two thirds of the time are left to other news. */
  private async lookAndRest(): Promise<void> {
    const from = performance.now();
    if (await this.spikes.judgeWaiting()) await pause(Math.min(2 * (performance.now() - from), LONGEST_REST_MS));
  }
}
