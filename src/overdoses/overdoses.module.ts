import { Module } from '@nestjs/common';
import { PeopleModule } from '../people';
import { EventFollowers } from './event-followers';
import { EventJoiningService } from './event-joining.service';
import { OverdoseCorrectionsService } from './overdose-corrections.service';
import { OverdoseEventsStore } from './overdose-events.store';
import { OverdoseImportService } from './overdose-import.service';
import { OverdoseIntakeService } from './overdose-intake.service';
import { OverdoseReportRevisionsResolver } from './overdose-report-revisions.resolver';
import { OverdoseReportsResolver } from './overdose-reports.resolver';
import { OverdoseReportsStore } from './overdose-reports.store';
import { OverdosesJobs } from './overdoses.jobs';
import { PersonEventsService } from './person-events.service';
import { OverdosesLoaders } from './overdoses.loaders';
import { OverdosesService } from './overdoses.service';

/** What agencies report of overdoses, and the events that their reports speak of. */
@Module({
  imports: [PeopleModule],
  providers: [
    OverdoseReportsStore,
    OverdoseEventsStore,
    EventFollowers,
    EventJoiningService,
    OverdoseIntakeService,
    OverdoseImportService,
    OverdoseCorrectionsService,
    OverdosesService,
    PersonEventsService,
    OverdosesJobs,
    OverdosesLoaders,
    OverdoseReportsResolver,
    OverdoseReportRevisionsResolver,
  ],
  exports: [OverdosesService, OverdoseImportService, OverdosesLoaders, EventFollowers],
})
export class OverdosesModule {}
