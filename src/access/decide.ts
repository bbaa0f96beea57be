import type { Actor } from './actor';
import { EVERYONE, type CommandGrant, type ConsentScope, type Grant, type Relation } from './policy';
import { resources } from './table';

/** Everything the policy may look at beside the actor. No facts, no access. */
export interface Facts {
  readonly relations: readonly Relation[];
  readonly consents: readonly ConsentScope[];
}

export const NO_FACTS: Facts = { relations: [], consents: [] };

const isRelated = (relation: Relation, facts: Facts): boolean =>
  relation === 'ANYONE' || facts.relations.includes(relation);

const grantHolds = (grant: Grant, actor: Actor, facts: Facts): boolean =>
  grant.roles.includes(actor.role) &&
  isRelated(grant.relation, facts) &&
  (grant.consent === undefined || facts.consents.includes(grant.consent));

/** A partner system does at most what its scopes name, as `Resource:read` or `Resource:command`. */
const isInScope = (actor: Actor, resource: string, command: string): boolean =>
  actor.scopes === null || actor.scopes.includes(`${resource}:${command}`);

const isForEveryone = (grant: Grant): boolean =>
  grant.relation === 'ANYONE' && grant.consent === undefined && grant.roles === EVERYONE;

const commandGrants = (resource: string, command: string): readonly CommandGrant[] =>
  Object.hasOwn(resources, resource) && resources[resource] && Object.hasOwn(resources[resource].commands, command)
    ? (resources[resource].commands[command] ?? [])
    : [];

/** May this actor see this field of this record? Silence in the table means no. */
export const mayRead = (actor: Actor, resource: string, field: string, facts: Facts): boolean => {
  const row = Object.hasOwn(resources, resource) ? resources[resource] : undefined;
  const fieldClass = row && Object.hasOwn(row.fields, field) ? row.fields[field] : undefined;
  if (!row || !fieldClass) return false;
  if (isOpenField(resource, field)) return true;
  if (!isInScope(actor, resource, 'read')) return false;
  return row.grants.some((grant) => grant.classes.includes(fieldClass) && grantHolds(grant, actor, facts));
};

/** May this actor take this step on this record? */
export const mayDo = (actor: Actor, resource: string, command: string, facts: Facts): boolean =>
  isInScope(actor, resource, command) &&
  commandGrants(resource, command).some(
    (grant) => grant.roles.includes(actor.role) && isRelated(grant.relation, facts),
  );

/** Coarse, before any record is read: does some row of the table let this role and scope use the operation at all? */
export const mayCall = (actor: Actor, resource: string, command: string): boolean =>
  isInScope(actor, resource, command) &&
  commandGrants(resource, command).some((grant) => grant.roles.includes(actor.role));

/**
 * True when everyone signed in, partner systems of any scope included, may read the field of every record:
 * no per-value decision is needed. Directory facts are open in this way.
 */
export const isOpenField = (resource: string, field: string): boolean => {
  const row = Object.hasOwn(resources, resource) ? resources[resource] : undefined;
  const fieldClass = row && Object.hasOwn(row.fields, field) ? row.fields[field] : undefined;
  return (
    !!row && !!fieldClass && row.grants.some((grant) => isForEveryone(grant) && grant.classes.includes(fieldClass))
  );
};

/** The commands of a resource this actor may take on this record, before its state has a say. */
export const grantedCommands = (actor: Actor, resource: string, facts: Facts): string[] =>
  Object.keys(resources[resource]?.commands ?? {}).filter((command) => mayDo(actor, resource, command, facts));
