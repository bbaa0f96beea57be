export { Consent, ConsentScopeEnum } from './consent.type';
export { ConsentModule } from './consent.module';
export { ConsentsLoaders } from './consents.loaders';
export { ConsentsService, type ConsentInput } from './consents.service';
export type { ConsentRow } from './consents.store';
