import { Injectable } from '@nestjs/common';
import { NO_AGENCY } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { EventJoiningService } from './event-joining.service';
import { OverdoseEventsStore } from './overdose-events.store';

/** What follows for events when records of people turn out to be of one person, or of two. */
@Injectable()
export class PersonEventsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: OverdoseEventsStore,
    private readonly joining: EventJoiningService,
  ) {}

  /** Joins the reports of a person anew. Repeating it changes nothing. */
  async rejoin(personId: string): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'rejoinReports', isHousekeeping: true }, async (tx) => {
      const reportIds = await this.events.reportsOfPerson(tx, personId);
      if (reportIds.length > 0) await this.joining.rejoin(tx, reportIds);
      return { id: personId };
    });
  }
}
