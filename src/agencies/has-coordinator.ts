/**
 * SQL: that an agency is open and one of its people is a coordinator. What is given to any other is in nobody’s hands. Read as
 * Handrail: the people of another agency are nobody else’s to see.
 */
export const hasCoordinator = (agencyId: string): string =>
  `exists (select 1 from agency led join membership lead on lead.agency_id = led.id
     where led.id = ${agencyId} and led.is_active and lead.role = 'COORDINATOR' and lead.ended_at is null)`;
