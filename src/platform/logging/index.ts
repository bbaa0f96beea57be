export { describeFault, type Fault } from './fault';
export { LoggingModule, type LoggingSettings } from './logging.module';
export { requestIdOf } from './request-id';
export { noteActor, openRecord, recordOf, type RequestRecord } from './request-record';
