import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../../platform/database/statement';
import { checkBy, SelfChecks, type Found } from '../../platform/jobs/self-checks';

// A receiver that fails is tried later and later, and what comes after on its record waits with it: that is no fault of the house.
const unsent = sql<Found>(
  `select d.id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
   where d.state = 'WAITING' and d.next_attempt_at < app.now() - interval '5 minutes'
     and e.state = 'ACTIVE' and e.begun_at is not null and e.failing_since is null
     and not exists (select 1 from webhook_delivery b where b.endpoint_id = d.endpoint_id and b.subject_id = d.subject_id
       and b.state = 'WAITING' and (b.position, b.id) < (d.position, d.id)) limit $1`,
);

/** What must always hold of webhooks. */
@Injectable()
export class WebhookChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('webhooks-sent', unsent));
  }
}
