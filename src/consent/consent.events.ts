/**
 * A person agreed to something; payload `personId`, `scopes`: what it permits, separated by blanks, maybe none, and `besides`: the referral
 * whose own step has told of it, if any. Subject: the consent.
 */
export const CONSENT_RECORDED = 'consent.recorded';
/**
 * A person took back a consent or a part of it; payload `personId`, `recordedByAgencyId`, and `scopes`: what it permitted until
 * then, separated by blanks, maybe none. Subject: the consent.
 */
export const CONSENT_REVOKED = 'consent.revoked';
/** A consent has ended by its date; payload `personId` and `scopes`: what it permitted until then. Subject: the consent. */
export const CONSENT_EXPIRED = 'consent.expired';
