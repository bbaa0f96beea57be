/**
 * SQL: that the operator has closed an agency. Nobody there can sign in, so nobody is put to it and no place there is free, whatever its
 * programs and pools say of themselves. Closed ones are few and have an index of their own; an agency that is open costs nothing.
 */
export const isClosed = (agencyId: string): string =>
  `exists (select 1 from agency closed where closed.id = ${agencyId} and not closed.is_active)`;
