/** Subject `OverdoseReport`: of its own agency, and for nobody else. */
export const OVERDOSE_REPORTED = 'overdose.reported';
export const OVERDOSE_REPORT_CORRECTED = 'overdose.report-corrected';
export const OVERDOSE_REPORT_RETRACTED = 'overdose.report-retracted';

/**
 * Subject `OverdoseEvent`: for rooms of Handrail that work with events of all agencies. Never passed on to an agency as it is:
 * that there is an event, or that it changed, may be another agency’s word.
 */
export const OVERDOSE_EVENT_RECORDED = 'overdose-event.recorded';
/**
 * Its facts, its reports or its people changed. Where it was counted elsewhere or at another time until then, payload
 * `formerCountyFips` and `formerOccurredAt` say where and when: on file it is only as it is now.
 */
export const OVERDOSE_EVENT_CHANGED = 'overdose-event.changed';
/** Nothing is left of it; payload `joinedInto` names the event that it turned out to be, where there is one. */
export const OVERDOSE_EVENT_ENDED = 'overdose-event.ended';
