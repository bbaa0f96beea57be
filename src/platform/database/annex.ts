import { createHash } from 'node:crypto';
import type { Actor } from '../../access';

/**
 * Beside an agency there is one annex: a tenant of its own for what must never be read together with the agency’s records.
 * Rows, trail, remembered keys and events of work in it stand under its id, and no context of the database shows both. The id
 * follows from the agency’s, so there is no table that leads from one to the other; `app.annex_of` says the same.
 */
export const annexOf = (agencyId: string): string => {
  const hex = createHash('sha256').update(`handrail.annex:${agencyId.toLowerCase()}`).digest('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** The actor at work in the annex of their agency, with the rights they have there and none of the agency’s. */
export const inAnnex = (actor: Actor): Actor =>
  actor.annexOf === undefined ? { ...actor, agencyId: annexOf(actor.agencyId), annexOf: actor.agencyId } : actor;
