export { exposureMachine } from './exposure.machine';
export { NaloxoneService } from './naloxone.service';
export { EXPOSURE_REPORTED, RESTOCK_MOVED, STOCK_WARNING_RAISED } from './responders.events';
export { RespondersLoaders } from './responders.loaders';
export { RespondersModule } from './responders.module';
export { restockMachine } from './restock.machine';
