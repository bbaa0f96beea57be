/** A school was sent a notice. Subject: the notice. No payload: nothing of it is anybody’s to know but the school’s. */
export const HANDLE_WITH_CARE_SENT = 'handle-with-care.sent';
