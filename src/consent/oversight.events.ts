/** Medical personnel opened a record in an emergency; payload `personId`, `agencyId`. Subject: the break-glass. */
export const BREAK_GLASS_OPENED = 'break-glass.opened';
/** It was ended before its time. Subject: the break-glass. */
export const BREAK_GLASS_ENDED = 'break-glass.ended';
/** A privacy officer said what they found. Subject: the break-glass. */
export const BREAK_GLASS_REVIEWED = 'break-glass.reviewed';
/** A person asked who was told of them; payload `personId`, `agencyId`: who answers. Subject: the request. */
export const ACCOUNTING_REQUESTED = 'accounting.requested';
/** The person was answered; payload `personId`. Subject: the request. */
export const ACCOUNTING_ANSWERED = 'accounting.answered';
/** A subpoena, an order, a warrant or a request of the police came. Subject: its record. */
export const LEGAL_REQUEST_RECORDED = 'legal-request.recorded';
