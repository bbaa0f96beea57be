/** Subject `OutreachCase`: for the teams that have it; never for whoever reported the overdose. */
export const OUTREACH_CASE_OPENED = 'outreach-case.opened';
export const OUTREACH_CASE_CHANGED = 'outreach-case.changed';
