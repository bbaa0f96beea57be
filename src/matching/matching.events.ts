/** A run left nobody for a referral. Subject: the unmet need. Payload: `referralId`. */
export const UNMET_NEED_RECORDED = 'unmet-need.recorded';
/** A place was found after all, or the referral ended. Subject: the unmet need. Payload: `referralId`. */
export const UNMET_NEED_RESOLVED = 'unmet-need.resolved';
