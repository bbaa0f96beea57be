import { consentScopes } from '../access';
import { enumOf } from '../platform/graphql';
import {
  consentExpiries,
  consentKinds,
  consentPurposes,
  discloserClasses,
  informationClasses,
  recipientKinds,
  revocationMethods,
  signatureMethods,
  signers,
} from './engine/vocabulary';

export const ConsentScopeEnum = enumOf('ConsentScope', consentScopes, 'What the person agreed to in writing.');
export const ConsentKindEnum = enumOf('ConsentKind', consentKinds, 'The sort of a consent, 42 CFR Part 2.');
export const RecipientKindEnum = enumOf('ConsentRecipientKind', recipientKinds, 'To whom a consent allows disclosure.');
export const InformationClassEnum = enumOf(
  'ConsentInformation',
  informationClasses,
  'How much and what kind of information, 42 CFR 2.31(a)(3).',
);
export const ConsentPurposeEnum = enumOf('ConsentPurpose', consentPurposes, 'For what, 42 CFR 2.31(a)(5).');
export const DiscloserClassEnum = enumOf('ConsentDiscloser', discloserClasses, 'Who discloses, 42 CFR 2.31(a)(2).');
export const SignerEnum = enumOf('ConsentSigner', signers, 'Who signs, or takes it back.');
export const SignatureMethodEnum = enumOf('SignatureMethod', signatureMethods, 'How it was signed.');
export const ConsentExpiryEnum = enumOf('ConsentExpiry', consentExpiries, 'When it ends by itself, 42 CFR 2.31(a)(7).');
export const RevocationMethodEnum = enumOf('RevocationMethod', revocationMethods, 'How a consent was taken back.');
