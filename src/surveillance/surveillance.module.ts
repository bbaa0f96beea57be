import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { OverdosesModule } from '../overdoses';
import { AlertActionsResolver, AlertChoicesResolver } from './alert-actions.resolver';
import { AlertsService } from './alerts.service';
import { AlertsStore } from './alerts.store';
import { BatchWarningsResolver } from './batch-warnings.resolver';
import { BatchWarningsService } from './batch-warnings.service';
import { BatchWarningsStore } from './batch-warnings.store';
import { LaboratoryRules, laboratoryRules } from './laboratory-rules';
import { LaboratoryWarningsService } from './laboratory-warnings.service';
import { PastSpikesResolver } from './past-spikes.resolver';
import { PastSpikesService } from './past-spikes.service';
import { SpikeAlertsResolver } from './spike-alerts.resolver';
import { SpikeCausesService } from './spike-causes.service';
import { SpikeCausesStore } from './spike-causes.store';
import { SpikesService } from './spikes.service';
import { SpikesStore } from './spikes.store';
import { SurveillanceJobs } from './surveillance.jobs';
import { SurveillanceLoaders } from './surveillance.loaders';

/** Spikes of overdoses and potent batches: noticed, told, and acted on. Counts only. */
@Module({
  imports: [AgenciesModule, OverdosesModule],
  providers: [
    SpikesStore,
    SpikeCausesStore,
    SpikeCausesService,
    SpikesService,
    AlertsStore,
    AlertsService,
    PastSpikesService,
    BatchWarningsStore,
    BatchWarningsService,
    // Made at start: a faulty rule stops the boot.
    { provide: LaboratoryRules, useFactory: laboratoryRules },
    LaboratoryWarningsService,
    SurveillanceLoaders,
    SurveillanceJobs,
    SpikeAlertsResolver,
    AlertActionsResolver,
    AlertChoicesResolver,
    PastSpikesResolver,
    BatchWarningsResolver,
  ],
  exports: [AlertsService, SurveillanceLoaders],
})
export class SurveillanceModule {}
