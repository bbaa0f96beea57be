import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { CustodyAlertsResolver } from './custody-alerts.resolver';
import { CustodyAlertsService } from './custody-alerts.service';
import { CustodyAlertsStore } from './custody-alerts.store';
import { CustodyCommands } from './custody-command';
import { CustodyReportResolver } from './custody-report.resolver';
import { CustodyReportService } from './custody-report.service';
import { CustodyRules, custodyRules } from './custody-rules';
import { CustodyResolver } from './custody.resolver';
import { CustodyService } from './custody.service';
import { DescriptionRules, descriptionRules } from './description-rules';
import { NoArrestPromises, noArrestPromises } from './no-arrest-promises';
import { SurrenderIntakeService } from './surrender-intake.service';
import { SurrendersJobs } from './surrenders.jobs';
import { SurrendersLoaders } from './surrenders.loaders';
import { SurrendersResolver } from './surrenders.resolver';
import { SurrendersService } from './surrenders.service';
import { SurrendersStore } from './surrenders.store';

@Module({
  imports: [AgenciesModule],
  providers: [
    // Made at start: a faulty text or rule stops the boot.
    { provide: NoArrestPromises, useFactory: noArrestPromises },
    { provide: CustodyRules, useFactory: custodyRules },
    { provide: DescriptionRules, useFactory: descriptionRules },
    SurrendersStore,
    CustodyAlertsStore,
    CustodyCommands,
    SurrenderIntakeService,
    CustodyService,
    CustodyAlertsService,
    SurrendersService,
    SurrendersLoaders,
    SurrendersJobs,
    SurrendersResolver,
    CustodyResolver,
    CustodyAlertsResolver,
    CustodyReportService,
    CustodyReportResolver,
  ],
  exports: [CustodyAlertsService],
})
export class SurrendersModule {}
