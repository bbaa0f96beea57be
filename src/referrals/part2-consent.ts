import type { ConsentScope } from '../access';
import { Refusal } from '../kernel/refusal';

/** What a Part 2 program must have from the person before it refers them on (42 CFR 2.31, 2.33(a)). */
export const mayReferOn = (scopes: readonly ConsentScope[]): boolean => scopes.includes('TREATMENT_PAYMENT_OPERATIONS');

export const consentToReferOn = (field: string): Refusal<'CONSENT_REQUIRED'> =>
  new Refusal('CONSENT_REQUIRED', 'A Part 2 program refers a person to another program only with their consent.', {
    field,
    scope: 'TREATMENT_PAYMENT_OPERATIONS',
    remedy: 'Record the consent with recordPersonConsent, then send this again.',
  });
