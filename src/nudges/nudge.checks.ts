import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../platform/database/statement';
import { checkBy, SelfChecks, type Found } from '../platform/jobs/self-checks';

/** A worker looks many times a second. */
const untold = sql<Found>(
  `(select id from nudge where state = 'WAITING' and look_at < app.now() - interval '5 minutes' limit $1)
   union all (select id from nudge_message where state = 'QUEUED' and next_attempt_at < app.now() - interval '5 minutes' limit $1) limit $1`,
);

/** What must always hold of nudges. */
@Injectable()
export class NudgeChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('nudges-told', untold));
  }
}
