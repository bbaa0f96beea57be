/**
 * What the asking agency is to a referral `r`, one line of SQL each, and which consents of the person hold towards it. Every
 * read of a referral or of anything that hangs on it carries both; the access table decides from nothing else.
 */
const liveOffer = (state: string): string =>
  `exists (select 1 from offer o where o.referral_id = r.id and o.agency_id = app.agency() and o.state = '${state}')`;

/** Whether the agency knows the person; to one that does not, the path is a pseudonym’s. */
const isKnown = `(exists (select 1 from person_party pp where pp.person_id = r.person_id and pp.agency_id = app.agency())
  or app.was_told_name(r.person_id))`;

/**
 * Coordinates somebody who is where nobody is left to say that they have gone, and may know that they are: to whom a Part 2 program’s care
 * is not told, neither is this. In this order, because the function is asked for few.
 */
const standsIn = `case when r.state in ('ARRIVED','ADMITTED') and coalesce(r.coordinating_agency_id, r.sender_agency_id) = app.agency()
      then (not r.care_is_part2 or not ${isKnown} or 'CARE_TO_COORDINATOR' = any(app.active_consents(r.person_id, app.agency())))
        and app.is_left_alone(r.id) end`;

const referralRelations = `array_remove(array[
    case when r.sender_agency_id = app.agency() then 'SENDER' end,
    case when r.coordinating_agency_id = app.agency() then 'COORDINATING' end,
    case when ${standsIn} then 'STANDING_IN' end,
    case when r.receiver_agency_id = app.agency() then 'RECEIVER' end,
    case when ${liveOffer('PENDING')} then 'OFFERED' end,
    case when ${liveOffer('ACKNOWLEDGED')} then 'ACKNOWLEDGED' end], null)`;

/**
 * What is patient identifying information of a Part 2 program of another agency (42 CFR 2.11): the need it sent, or the care it
 * gives, told to an agency that knows the person. To one that does not, the path is a pseudonym’s.
 */
export const referralPart2 = `case when not (r.sent_is_part2 or r.care_is_part2) or not ${isKnown} then '{}'::text[] else
    case when r.sent_is_part2 and r.sender_agency_id <> app.agency() then '{IDENTITY,NEED,DANGER,CONSENT}'::text[] else '{}' end ||
    case when r.care_is_part2 and r.receiver_agency_id is distinct from app.agency() then '{CARE,OUTCOME}'::text[] else '{}' end end`;

/** To a sender that withdrew it has ended then, as its receipt says: that it went on would tell that the person had come. */
const isEnded = `(r.closed_at is not null or r.sender_withdrew_at is not null and r.sender_agency_id = app.agency())`;

const factsWith = (relations: string, part2: string): string =>
  `${relations} as relations, app.active_consents(r.person_id, app.agency()) as consents, ${part2} as part2,
   ${isEnded} as "isEnded"`;

/** All that the access table decides from, beside a referral `r` or what hangs on it. */
export const referralFacts = factsWith(referralRelations, referralPart2);

/**
 * The same for a row `x` that belongs to a program’s agency and hangs on referral `r`; `tellsNeed`: where its words for the need are of
 * the need at all.
 */
export const referralFactsWithOwn = (column: string, tellsNeed = 'true'): string =>
  factsWith(
    `array_remove(${referralRelations} || case when ${column} = app.agency() then 'OWN_AGENCY' end, null)`,
    `case when ${column} = app.agency() then '{}'::text[]
      else array_remove(${referralPart2}, case when ${tellsNeed} then null else 'NEED' end) end`,
  );
