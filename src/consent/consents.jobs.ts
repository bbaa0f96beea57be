import { Injectable, type OnModuleInit } from '@nestjs/common';
import { notFound } from '../kernel/refusal';
import { sql } from '../platform/database/statement';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { Tasks } from '../platform/jobs/tasks';
import type { ConsentScope } from '../access';
import { CONSENT_EXPIRED } from './consent.events';

const PACE = { batch: 100, atOnce: 8 };

const due = sql<{ id: string; agencyId: string }>(
  `select id, recorded_by_agency_id as "agencyId" from consent
   where expires_at <= app.now() and expiry_told_at is null and revoked_at is null and id <> all($2::uuid[])
   order by expires_at limit $1`,
);
const tell = sql<{ personId: string; scopes: ConsentScope[] }>(
  `update consent set expiry_told_at = $2 where id = $1 and expires_at <= $2 and expiry_told_at is null and revoked_at is null
   returning person_id as "personId", in_force as scopes`,
);

/** What time does to consents. One that has ended by its date shows nothing from that moment on; this says so to those who saw. */
@Injectable()
export class ConsentsJobs implements OnModuleInit {
  readonly #ended = new DueSweep(PACE);

  constructor(
    private readonly tasks: Tasks,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.sweep());
  }

  private async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await this.#ended.run(
      (limit, resting) => reader.query(due, [limit, resting]),
      ({ id, agencyId }) => this.end(id, agencyId),
    );
  }

  private async end(id: string, agencyId: string): Promise<boolean> {
    const step = { name: 'tellOfEndedConsent', isHousekeeping: true } as const;
    const done = await this.unitOfWork.runAsSystem(agencyId, step, async (tx) => {
      const [ended] = await tx.query(tell, [id, tx.asOf]);
      if (!ended) return notFound('consent that has ended');
      const payload = { personId: ended.personId, scopes: ended.scopes.join(' ') };
      tx.emit({ name: CONSENT_EXPIRED, subjectType: 'Consent', subjectId: id, payload });
      return { id };
    });
    return 'id' in done;
  }
}
