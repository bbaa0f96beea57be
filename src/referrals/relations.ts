/**
 * What the asking agency is to a referral `r`, one line of SQL each, and which consents of the person hold towards it. Every
 * read of a referral or of anything that hangs on it carries both; the access table decides from nothing else.
 */
const liveOffer = (state: string): string =>
  `exists (select 1 from offer o where o.referral_id = r.id and o.agency_id = app.agency() and o.state = '${state}')`;

export const referralRelations = `array_remove(array[
    case when r.sender_agency_id = app.agency() then 'SENDER' end,
    case when r.coordinating_agency_id = app.agency() then 'COORDINATING' end,
    case when r.receiver_agency_id = app.agency() then 'RECEIVER' end,
    case when ${liveOffer('PENDING')} then 'OFFERED' end,
    case when ${liveOffer('ACKNOWLEDGED')} then 'ACKNOWLEDGED' end], null)`;

export const referralConsents = `app.active_consents(r.person_id, app.agency())`;

/** The same for a row `x` that belongs to a program’s agency and hangs on referral `r`. */
export const withOwnAgency = (column: string): string =>
  `array_remove(${referralRelations} || case when ${column} = app.agency() then 'OWN_AGENCY' end, null)`;
