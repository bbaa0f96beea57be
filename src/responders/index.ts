export { exposureMachine } from './exposure.machine';
export { RespondersModule } from './responders.module';
export { restockMachine } from './restock.machine';
