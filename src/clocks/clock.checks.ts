import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../platform/database/statement';
import { checkBy, SelfChecks, type Found } from '../platform/jobs/self-checks';

// The sweep looks every ten seconds.
const unwatched = sql<Found>(
  `select id from clock where next_step_at < app.now() - interval '5 minutes'
   union select id from clock where ended_at is null and due_at < app.now() - interval '5 minutes' and not coalesce(breached_at >= due_at, false) limit $1`,
);

/** What must always hold of clocks: none runs out unseen. */
@Injectable()
export class ClockChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('clocks-watched', unwatched));
  }
}
