export { createHttpApp, type HttpSettings } from './create-http-app';
export { EdgeModule, type EdgeSettings } from './edge.module';
