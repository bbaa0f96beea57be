import { resources, type Relation } from '../access';

/** A step on a record, by whoever has this relation to it. */
export interface Step {
  readonly resource: string;
  readonly command: string;
  readonly relation: Relation;
}

const rolesFor = ({ resource, command, relation }: Step): readonly string[] => {
  const granted = resources[resource]?.commands[command] ?? [];
  return granted.flatMap((grant) => (grant.relation === relation ? grant.roles : []));
};

/**
 * SQL: that a membership lets its holder take a step, by the access table; a partner system as far as its scopes reach. Read as
 * Handrail: the people of another agency are nobody else’s to see.
 */
export const mayTake = (m: string, step: Step): string =>
  `(${m}.role in (${rolesFor(step)
    .map((role) => `'${role}'`)
    .join()}) and (${m}.scopes is null or '${step.resource}:${step.command}' = any(${m}.scopes)))`;

/** SQL: that somebody is there, or was a day ago: a change of the one worker is no absence. */
export const isThereLately = (m: string): string =>
  `(${m}.ended_at is null or ${m}.ended_at > app.now() - interval '1 day')`;

/** SQL: that an agency is closed, or nobody has been there for a day who may take a step. */
export const isDesertedBy = (agencyId: string, step: Step): string =>
  `not exists (select 1 from agency manned join membership hand on hand.agency_id = manned.id
     where manned.id = ${agencyId} and manned.is_active and ${mayTake('hand', step)} and ${isThereLately('hand')})`;

/** What is done for cases of outreach, and for referrals that lack facts. */
export const ENDS_CASE: Step = { resource: 'OutreachCase', command: 'close', relation: 'ON_TEAM' };
export const SENDS_FACTS: Step = { resource: 'Referral', command: 'provideInfo', relation: 'SENDER' };
