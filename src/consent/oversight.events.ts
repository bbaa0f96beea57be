/** Medical personnel opened a record in an emergency; payload `personId`, `agencyId`. Subject: the break-glass. */
export const BREAK_GLASS_OPENED = 'break-glass.opened';
/** It was ended before its time. Subject: the break-glass. */
export const BREAK_GLASS_ENDED = 'break-glass.ended';
/** A privacy officer said what they found. Subject: the break-glass. */
export const BREAK_GLASS_REVIEWED = 'break-glass.reviewed';
