import { sealedRows, type SealedRows } from '../platform/audit/sealed-rows';
import { ConsentEntity, ConsentRevocationEntity } from './consent.entity';

/**
 * All of a consent but when it was noted, which its entry says: what was signed, what is left of it, its end. Of a name in words only that there
 * is one: it is encrypted under keys that change.
 */
export const SEALED_CONSENT = sealedRows(ConsentEntity, {
  kind: 'CONSENT',
  table: 'consent',
  isAppendOnly: false,
  names: 'id',
  properties: [
    ...(['id', 'personId', 'kind', 'permits', 'inForce', 'disclosers', 'information', 'purposes'] as const),
    ...(['recipientKind', 'recipientAgencyId', 'recipientName', 'expiry', 'expiresAt', 'signedAt'] as const),
    ...(['signedBy', 'coSignedBy', 'signatureMethod', 'textVersion', 'textHash', 'stateRules'] as const),
    ...(['recordedByAgencyId', 'recordedBy', 'revokedAt'] as const),
  ],
});

export const SEALED_REVOCATION = sealedRows(ConsentRevocationEntity, {
  kind: 'CONSENT',
  table: 'consent_revocation',
  isAppendOnly: true,
  names: 'consentId',
  properties: [
    ...(['id', 'consentId', 'scopes', 'isWhole', 'askedBy', 'method'] as const),
    ...(['recordedByAgencyId', 'recordedBy', 'revokedAt'] as const),
  ],
});

/** What the verifier of the trail holds to its entries. */
export const SEALED_CONSENTS: readonly SealedRows[] = [SEALED_CONSENT, SEALED_REVOCATION];
