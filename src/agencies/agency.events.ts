/** Payloads are empty: the subject is the agency, and a subscriber reads it again. */
export const AGENCY_CREATED = 'agency.created';
/** Name, phone, jurisdictions, coordination or activity changed. */
export const AGENCY_UPDATED = 'agency.updated';
/** Something that an agency has to look into was not looked into in time: for the operator, who is not told what. */
export const AGENCY_LEFT_WAITING = 'agency.left-waiting';
