import type { Actor } from './actor';
import { EVERYONE, type CommandGrant, type ConsentScope, type Grant, type Relation, type Resource } from './policy';
import { resources } from './table';

/** Everything the policy may look at beside the actor. No facts, no access. */
export interface Facts {
  readonly relations: readonly Relation[];
  readonly consents: readonly ConsentScope[];
}

export const NO_FACTS: Facts = { relations: [], consents: [] };

/** Looks a name up that came from outside: what an object inherits is no entry of a table. */
const own = <V>(table: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

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

/** The grants that speak of a field; none for a type or field the table does not know. */
const grantsOf = (resource: string, field: string): readonly Grant[] => {
  const row: Resource | undefined = own(resources, resource);
  const fieldClass = row && own(row.fields, field);
  return row && fieldClass ? row.grants.filter(({ classes }) => classes.includes(fieldClass)) : [];
};

const commandGrants = (resource: string, command: string): readonly CommandGrant[] => {
  const row: Resource | undefined = own(resources, resource);
  return (row && own(row.commands, command)) ?? [];
};

/**
 * True when everyone signed in, partner systems of any scope included, may read the field of every record: no per-value
 * decision is needed. Directory facts are open in this way.
 */
export const isOpenField = (resource: string, field: string): boolean => grantsOf(resource, field).some(isForEveryone);

/** May this actor see this field of this record? Silence in the table means no. */
export const mayRead = (actor: Actor, resource: string, field: string, facts: Facts): boolean =>
  grantsOf(resource, field).some(
    (grant) => isForEveryone(grant) || (isInScope(actor, resource, 'read') && grantHolds(grant, actor, facts)),
  );

/** May this actor take this step on this record? */
export const mayDo = (actor: Actor, resource: string, command: string, facts: Facts): boolean =>
  isInScope(actor, resource, command) &&
  commandGrants(resource, command).some(
    ({ roles, relation }) => roles.includes(actor.role) && isRelated(relation, facts),
  );

/** Coarse, before any record is read: does some row of the table let this role and scope use the operation at all? */
export const mayCall = (actor: Actor, resource: string, command: string): boolean =>
  isInScope(actor, resource, command) &&
  commandGrants(resource, command).some(({ roles }) => roles.includes(actor.role));

/** The commands of a resource this actor may take on this record, before its state has a say. */
export const grantedCommands = (actor: Actor, resource: string, facts: Facts): string[] =>
  Object.keys(own(resources, resource)?.commands ?? {}).filter((command) => mayDo(actor, resource, command, facts));
