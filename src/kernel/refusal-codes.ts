/** Every expected "no" the product can say. The text is the description partners read in the schema. */
export const refusalCodes = {
  ALREADY_EXISTS: 'A record with the same natural key exists already.',
  CENSUS_CONFLICT: 'The census would put occupied + held over staffed; details name the holds in its way.',
  CONSENT_INCOMPLETE:
    'The consent lacks an element of 42 CFR 2.31, or who signed may not; details name the `element` or the `rule`.',
  CONSENT_REQUIRED: 'The step needs a consent of the person that is not on file; details name its scope.',
  EMERGENCY_INCOMPLETE:
    'Access in a medical emergency lacks an element that 42 CFR 2.51 wants documented; details name the `element`.',
  FORBIDDEN: 'The record is yours to see, but the step is not your role’s or your agency’s to take.',
  HOLD_EXPIRED:
    'The time of the offer, or of the place that was kept, has passed by the database’s clock; `remedy` says what can be done.',
  HOLD_QUOTA:
    'As many referrals of the sending agency are in hand as may be, in all or in this pool (details.scope); nothing was changed.',
  IDEMPOTENCY_KEY_EXPIRED:
    'The client key was used more than a week ago, and what it asked for was done then; details name the time (usedAt).',
  IDEMPOTENCY_KEY_REUSED: 'The same client key was used before with another body.',
  ILLEGAL_TRANSITION: 'The record is not in a state that allows the command; details list what is allowed now.',
  INVALID_INPUT: 'An argument breaks a rule; `field` names it and `remedy` says what to send instead.',
  NOT_ELIGIBLE:
    'A hard matching rule stands against this program for this need; details name the rules, where you may read the need.',
  NOT_FOUND: 'No such record, or none that your agency takes part in: the two are never told apart.',
  NO_CAPACITY: 'No place is left in the pool, or it is closed; nothing was changed.',
  OUT_OF_STOCK: 'Not as many doses are on hand; nothing was changed.',
  OFFER_LIMIT: 'The referral is already before as many programs as may be asked at once.',
  OUT_OF_ORDER:
    'Others who wait for this place come first; `remedy` says whether a coded reason lets this referral pass them.',
} as const;

export type RefusalCode = keyof typeof refusalCodes;
