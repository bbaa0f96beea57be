import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ClocksModule } from '../clocks';
import { SurveillanceModule } from '../surveillance';
import { ExposuresResolver } from './exposures.resolver';
import { ExposuresService } from './exposures.service';
import { ExposuresStore } from './exposures.store';
import { NaloxoneLotsResolver, NaloxoneMovementsResolver, NaloxoneResolver } from './naloxone.resolver';
import { NaloxoneService } from './naloxone.service';
import { NaloxoneStore } from './naloxone.store';
import { NaloxoneWatchService } from './naloxone-watch.service';
import { NaloxoneWatchStore } from './naloxone-watch.store';
import { ResponderRules, responderRules } from './responder-rules';
import { RespondersJobs } from './responders.jobs';
import { RespondersLoaders } from './responders.loaders';
import { RestockResolver } from './restock.resolver';
import { RestockService } from './restock.service';
import { RestockStore } from './restock.store';
import { StockView } from './stock-view';

/** What responders are exposed to, and the naloxone they carry. */
@Module({
  imports: [AgenciesModule, ClocksModule, SurveillanceModule],
  providers: [
    // Made at start: a faulty rule stops the boot.
    { provide: ResponderRules, useFactory: responderRules },
    ExposuresStore,
    ExposuresService,
    NaloxoneStore,
    NaloxoneService,
    NaloxoneWatchStore,
    NaloxoneWatchService,
    RestockStore,
    RestockService,
    StockView,
    RespondersLoaders,
    RespondersJobs,
    ExposuresResolver,
    NaloxoneResolver,
    NaloxoneLotsResolver,
    NaloxoneMovementsResolver,
    RestockResolver,
  ],
  exports: [RespondersLoaders, NaloxoneService],
})
export class RespondersModule {}
