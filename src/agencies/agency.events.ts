/** Payloads are empty: the subject is the agency, and a subscriber reads it again. */
export const AGENCY_CREATED = 'agency.created';
/** Name, phone, jurisdictions, coordination or activity changed. */
export const AGENCY_UPDATED = 'agency.updated';
