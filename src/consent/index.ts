export { BreakGlassLoaders } from './break-glass.loaders';
export { ConsentKindEnum, ConsentScopeEnum } from './consent.enums';
export { CONSENT_EXPIRED, CONSENT_RECORDED, CONSENT_REVOKED } from './consent.events';
export { ReferralConsentInput } from './consent.inputs';
export { ConsentModule } from './consent.module';
export { Consent } from './consent.type';
export { ConsentsLoaders } from './consents.loaders';
export { ConsentsService, isNamed, type About, type ConsentInput } from './consents.service';
export type { ConsentRow } from './consents.store';
export type { ConsentKind } from './engine/vocabulary';
export type { StateRules } from './engine/may-consent';
export {
  ACCOUNTING_ANSWERED,
  ACCOUNTING_REQUESTED,
  BREAK_GLASS_ENDED,
  BREAK_GLASS_OPENED,
  BREAK_GLASS_REVIEWED,
  LEGAL_REQUEST_RECORDED,
} from './oversight.events';
export { OversightLoaders } from './oversight.loaders';
export { SEALED_CONSENT, SEALED_CONSENTS, SEALED_REVOCATION } from './consent-seals';
export { RevocationService } from './revocation.service';
export type { Resting } from './revocations.store';
export type { NamedAgency } from './signing';
export {
  consentStandings,
  WeighedConsentsStore,
  type ConsentStanding,
  type WeighedConsentRow,
} from './weighed-consents.store';
export { StatePacks, statePacks } from './state-rules';
