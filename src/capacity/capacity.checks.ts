import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../platform/database/statement';
import { checkBy, SelfChecks, type Found } from '../platform/jobs/self-checks';

const poolsOutOfStep = sql<Found>(
  `select b.id from bed_pool b
   left join (select pool_id, count(*) as kept from hold where state = 'ACTIVE' group by pool_id) h on h.pool_id = b.id
   where b.held <> coalesce(h.kept, 0) or b.held < 0 or b.occupied < 0 or b.held + b.occupied > b.staffed limit $1`,
);
/** The sweep looks every ten seconds. */
const holdsOverdue = sql<Found>(
  `select id from hold where state = 'ACTIVE' and ends_at < app.now() - interval '5 minutes' limit $1`,
);

/** What must always hold of room. */
@Injectable()
export class CapacityChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('pools-in-step', poolsOutOfStep));
    this.checks.register(checkBy('holds-end', holdsOverdue));
  }
}
