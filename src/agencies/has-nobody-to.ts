/**
 * SQL: that nobody of an agency may take a step on who is put to its programs: it was closed, or the last of its intake has gone. Read as
 * Handrail: the people of another agency are nobody else’s to see.
 */
export const hasNobodyTo = (agencyId: string, step: 'recordArrival' | 'discharge'): string =>
  `app.has_nobody_to(${agencyId}, '${step}')`;
