import { Injectable } from '@nestjs/common';
import { OverdosesService } from '../../overdoses';
import { PeopleService } from '../../people';
import { NO_AGENCY } from '../../platform/database/system-actor';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { overdoseFactsOf } from './overdose-facts';
import { WaitlistEntriesStore } from './waitlist-entries.store';
import { waitlistPacks } from './waitlist-rules';

/** Whoever overdoses while they wait is in more danger than when they began to. */
@Injectable()
export class WaitingOverdosesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: WaitlistEntriesStore,
    private readonly overdoses: OverdosesService,
    private readonly people: PeopleService,
  ) {}

  /** An overdose was reported or told otherwise: those of its people who wait are weighed anew. */
  async weigh(eventId: string): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'weighWaiting', isHousekeeping: true }, async (tx) => {
      const reports = await this.overdoses.reportsOf(tx, [eventId]);
      const clusters = [...new Set(reports.flatMap(({ clusterId }) => clusterId ?? []))];
      if (clusters.length === 0) return { id: eventId };
      const members = await this.people.membersOf(tx, clusters);
      const waiting = await this.entries.openOfPersons(tx, [...members.values()].flat());
      const risks = await this.overdoses.riskOf(
        tx,
        waiting.map(({ personId }) => personId),
        tx.asOf,
      );
      for (const { id, personId, senderAgencyId } of waiting) {
        const rules = waitlistPacks().rulesOf(await this.entries.stateOf(tx, senderAgencyId), tx.asOf);
        this.entries.setOverdoses(tx, id, overdoseFactsOf(risks.get(personId), rules));
      }
      return { id: eventId };
    });
  }
}
