/** Ids and codes only; subjects live in the annex, so no agency hears of them but through its property room. */
/** Something was handed in. Subject: the surrender. */
export const SURRENDER_OPENED = 'surrender.opened';
/** A step of its chain of custody; details `command`. Subject: the surrender. */
export const CUSTODY_MOVED = 'surrender.custody-moved';
/** Something in the chain has to be looked into; details `kind`. Subject: the surrender. */
export const CUSTODY_ALERT_RAISED = 'surrender.alert-raised';
/** It was looked into. Subject: the alert. */
export const CUSTODY_ALERT_ANSWERED = 'surrender.alert-answered';
/**
 * A laboratory found something in what was handed in; payload `agencyId` (whose property room), `findings` (codes, a comma between
 * them). For warnings of a potent batch. Subject: the surrender.
 */
export const LABORATORY_RESULT_RECORDED = 'laboratory.result-recorded';
