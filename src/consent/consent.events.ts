/** A person agreed to something; payload `personId`. Subject: the consent. */
export const CONSENT_RECORDED = 'consent.recorded';
/**
 * A person took back a consent or a part of it; payload `personId`, `recordedByAgencyId`, and `scopes`: what it permitted until
 * then, separated by blanks, maybe none. Subject: the consent.
 */
export const CONSENT_REVOKED = 'consent.revoked';
