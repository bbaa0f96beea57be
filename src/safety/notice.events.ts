/** A child was reported to child services. Subject: the report. No payload. */
export const CHILD_REPORTED = 'child-report.submitted';

/** A child who was with somebody is no longer, or should not be: the report is in hand again. Subject: the report. No payload. */
export const CHILD_UNSETTLED = 'child-report.unsettled';

/** A school was sent a notice. Subject: the notice. No payload: nothing of it is anybody’s to know but the school’s. */
export const HANDLE_WITH_CARE_SENT = 'handle-with-care.sent';
