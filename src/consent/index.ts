export { ConsentScopeEnum } from './consent.enums';
export { Consent } from './consent.type';
export { ConsentModule } from './consent.module';
export { ConsentsLoaders } from './consents.loaders';
export { ConsentsService, type ConsentInput } from './consents.service';
export type { ConsentRow } from './consents.store';
export { mayConsent, type StateRules } from './engine/may-consent';
export { StatePacks, statePacks } from './state-rules';
