import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../database/statement';
import { checkBy, SelfChecks, type Found } from '../jobs/self-checks';

/** A transaction that is held open keeps all later entries unsealed, and what is not sealed can be taken away without a trace. */
const unsealed = sql<Found>(
  `select id from audit_entry where xid >= coalesce((select xid_to from audit_block order by number desc limit 1), '0'::xid8)
     and at < app.now() - interval '2 minutes' limit $1`,
);

/** What must always hold of the trail while the product runs; `audit:verify` looks at all of it. */
@Injectable()
export class AuditChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('audit-sealed', unsealed));
  }
}
