import { purposeOf, type Actor } from './actor';
import {
  EVERYONE,
  TREATING,
  type CommandGrant,
  type ConsentScope,
  type FieldClass,
  type Grant,
  type Relation,
  type Resource,
} from './policy';
import { isEverProhibited, prohibitionOf } from './prohibitions';
import { resources } from './table';
import { KEY, narrowings, WORDS } from './table/narrowings';

/** Everything the policy may look at beside the actor. No facts, no access. */
export interface Facts {
  readonly relations: readonly Relation[];
  readonly consents: readonly ConsentScope[];
  /**
   * The classes of this record that are patient identifying information of a Part 2 program of another agency (42 CFR 2.11):
   * its words, told to an agency that can tell who the person is. Absent: none.
   */
  readonly part2?: readonly FieldClass[] | undefined;
  /** Whether the record has reached its end; absent: it has not. */
  readonly isEnded?: boolean | undefined;
}

export const NO_FACTS: Facts = { relations: [], consents: [] };

/** Why a field is withheld: what is missing of the grant that came nearest. Says nothing about the value. */
export const withheldReasons = {
  SCOPE: 'The partner system’s scopes do not include reading this.',
  PROHIBITED: 'A standing prohibition: nothing can open it for this role.',
  ROLE: 'No row of the access table gives it to this role.',
  RELATION: 'Your agency’s part in this record does not give it, or not yet.',
  PURPOSE: 'Not for the purpose this request was made for.',
  STATE: 'The record has ended, and with it the need to see this.',
  CONSENT: 'The person has not agreed to it, or took it back.',
  PROVENANCE: 'It comes from a Part 2 program, and the person has not agreed to its disclosure (42 CFR 2.31, 2.33).',
  REDACTED: 'What opens the record to you leaves this out.',
} as const;
export type Withheld = keyof typeof withheldReasons;

/** The word of the policy on one field of one record. */
export type Reading = { readonly grant: Grant } | { readonly withheld: Withheld };

/** Looks a name up that came from outside: what an object inherits is no entry of a table. */
const own = <V>(table: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const isRelated = (relation: Relation, facts: Facts): boolean =>
  relation === 'ANYONE' || facts.relations.includes(relation);

/** A partner system does at most what its scopes name, as `Resource:read` or `Resource:command`. */
export const isInScope = ({ scopes }: Actor, asked: readonly string[]): boolean =>
  scopes === null || asked.every((scope) => scopes.includes(scope));

/** Open to everyone signed in, on no condition at all. */
const isForEveryone = (grant: Grant): boolean =>
  grant.relation === 'ANYONE' &&
  grant.roles === EVERYONE &&
  [grant.consent, grant.part2Consent, grant.purposes, grant.onlyWhileOpen, grant.redacts].every(
    (condition) => condition === undefined,
  );

interface Asked {
  readonly actor: Actor;
  readonly field: string;
  readonly fieldClass: FieldClass;
  readonly facts: Facts;
}

/**
 * What came from a Part 2 program carries that along: beyond the emergency it needs a consent, either the one the grant
 * itself names, or the one it names for such words; where it names none, for roles of treatment, the general one for
 * treatment, payment and operations (42 CFR 2.31, 2.33(a)).
 */
const isClearedForPart2 = (grant: Grant, { actor, fieldClass, facts }: Asked): boolean => {
  if (!facts.part2?.includes(fieldClass)) return true;
  if (grant.relation === 'EMERGENCY' || grant.consent !== undefined) return true;
  if (grant.part2Consent !== undefined) return facts.consents.includes(grant.part2Consent);
  return (
    (TREATING as readonly string[]).includes(actor.role) && facts.consents.includes('TREATMENT_PAYMENT_OPERATIONS')
  );
};

type Condition = readonly [Withheld, (grant: Grant, asked: Asked) => boolean];

/** The conditions of a grant, from the coarsest to the finest. */
const conditions: readonly [Condition, ...Condition[]] = [
  ['ROLE', ({ roles }, { actor }) => roles.includes(actor.role)],
  ['RELATION', ({ relation }, { facts }) => isRelated(relation, facts)],
  ['PURPOSE', ({ purposes }, { actor }) => purposes === undefined || purposes.includes(purposeOf(actor))],
  ['STATE', ({ onlyWhileOpen }, { facts }) => !onlyWhileOpen || !facts.isEnded],
  ['CONSENT', ({ consent }, { facts }) => consent === undefined || facts.consents.includes(consent)],
  ['PROVENANCE', isClearedForPart2],
  ['REDACTED', ({ redacts }, { field }) => !redacts?.includes(field)],
];

/** How far a grant comes: the first of its conditions that fails, if any. */
const obstacleOf = (grant: Grant, asked: Asked): Condition | undefined =>
  conditions.find(([, holds]) => !holds(grant, asked));

interface Governed {
  readonly fieldClass: FieldClass;
  /** The grants that speak of the field. */
  readonly grants: readonly Grant[];
  /** The grant that opens it to everyone signed in. */
  readonly opening: Grant | undefined;
  /** What a partner system needs among its scopes: the type, unless the field is open, and the type that the field leads to. */
  readonly scopes: readonly string[];
}

const governedFields = (name: string, { fields, leadsTo = {}, grants }: Resource): [string, Governed][] =>
  Object.entries(fields).map(([field, fieldClass]) => {
    const speaking = grants.filter(({ classes }) => classes.includes(fieldClass));
    // Over every row stand the prohibitions, over one that opens to everyone as well.
    const opening = isEverProhibited(fieldClass) ? undefined : speaking.find(isForEveryone);
    const types = [opening ? undefined : name, leadsTo[field]].filter((type) => type !== undefined);
    return [field, { fieldClass, grants: speaking, opening, scopes: types.map((type) => `${type}:read`) }];
  });

const governed: ReadonlyMap<string, ReadonlyMap<string, Governed>> = new Map(
  Object.entries(resources).map(([name, resource]) => [name, new Map(governedFields(name, resource))]),
);

/** What a field is; undefined for a type or field the table does not know. */
export const fieldClassOf = (resource: string, field: string): FieldClass | undefined =>
  governed.get(resource)?.get(field)?.fieldClass;

/** What a partner system needs among its scopes to read a field; nothing for one that is open. */
export const scopesOf = (resource: string, field: string): readonly string[] =>
  governed.get(resource)?.get(field)?.scopes ?? [];

/**
 * True when everyone signed in, partner systems of any scope included, may read the field of every record: no per-value
 * decision is needed. Directory facts are open in this way.
 */
export const isOpenField = (resource: string, field: string): boolean =>
  governed.get(resource)?.get(field)?.scopes.length === 0;

/** True of a type with an open field: that there are rows of it is known to all. */
export const isOpenType = (resource: string): boolean =>
  [...(governed.get(resource)?.values() ?? [])].some(({ scopes }) => scopes.length === 0);

/** May this actor be told that there are rows of the type? A partner system that may not read it is not shown how many. */
export const mayCount = (actor: Actor, resource: string): boolean =>
  isOpenType(resource) || isInScope(actor, [`${resource}:read`]);

/** The grants that speak of a field, each with the first condition that fails, or null where all hold. For explanations. */
export const weigh = (actor: Actor, resource: string, field: string, facts: Facts): [Grant, Withheld | null][] => {
  const known = governed.get(resource)?.get(field);
  const asked = known && { actor, field, fieldClass: known.fieldClass, facts };
  return asked ? known.grants.map((grant) => [grant, obstacleOf(grant, asked)?.[0] ?? null]) : [];
};

/** May this actor see this field of this record, and by which grant? Silence in the table means no. */
export const reading = (actor: Actor, resource: string, field: string, facts: Facts): Reading => {
  const known = governed.get(resource)?.get(field);
  if (known === undefined) return { withheld: 'ROLE' };
  if (!isInScope(actor, known.scopes)) return { withheld: 'SCOPE' };
  if (known.opening) return { grant: known.opening };
  if (prohibitionOf(actor.role, known.fieldClass)) return { withheld: 'PROHIBITED' };
  const asked = { actor, field, fieldClass: known.fieldClass, facts };
  let furthest = conditions[0];
  for (const grant of known.grants) {
    const obstacle = obstacleOf(grant, asked);
    if (obstacle === undefined) return { grant };
    if (conditions.indexOf(obstacle) > conditions.indexOf(furthest)) furthest = obstacle;
  }
  return { withheld: furthest[0] };
};

export const mayRead = (actor: Actor, resource: string, field: string, facts: Facts): boolean =>
  'grant' in reading(actor, resource, field, facts);

/** May this actor see the field of some record or other? What nobody of the role sees, nobody of it may narrow a list by. */
export const mayEverRead = (actor: Actor, resource: string, field: string): boolean => {
  const known = governed.get(resource)?.get(field);
  if (known === undefined || !isInScope(actor, known.scopes)) return false;
  if (known.opening) return true;
  return (
    prohibitionOf(actor.role, known.fieldClass) === null &&
    known.grants.some(({ roles, redacts }) => roles.includes(actor.role) && !redacts?.includes(field))
  );
};

/** What an argument of an operation looks at; undefined for one that the table does not know. */
export const narrowingOf = (operation: string, argument: string): string | undefined =>
  own(own(narrowings, operation) ?? {}, argument);

/** May this actor narrow what the operation reads by this argument? Silence in the table means no. */
export const mayNarrow = (actor: Actor, operation: string, argument: string): boolean => {
  const looksAt = narrowingOf(operation, argument);
  if (looksAt === undefined) return false;
  if (looksAt === KEY || looksAt === WORDS) return true;
  const [type, field] = looksAt.split('.') as [string, string];
  return mayEverRead(actor, type, field);
};

const commandGrants = (resource: string, command: string): readonly CommandGrant[] => {
  const row: Resource | undefined = own(resources, resource);
  return (row && own(row.commands, command)) ?? [];
};

/** May this actor take this step on this record? */
export const mayDo = (actor: Actor, resource: string, command: string, facts: Facts): boolean =>
  isInScope(actor, [`${resource}:${command}`]) &&
  commandGrants(resource, command).some(
    ({ roles, relation }) => roles.includes(actor.role) && isRelated(relation, facts),
  );

/** Coarse, before any record is read: does some row of the table let this role and scope use the operation at all? */
export const mayCall = (actor: Actor, resource: string, command: string): boolean =>
  isInScope(actor, [`${resource}:${command}`]) &&
  commandGrants(resource, command).some(({ roles }) => roles.includes(actor.role));

/** The commands of a resource this actor may take on this record, before its state has a say. */
export const grantedCommands = (actor: Actor, resource: string, facts: Facts): string[] =>
  Object.keys(own(resources, resource)?.commands ?? {}).filter((command) => mayDo(actor, resource, command, facts));
