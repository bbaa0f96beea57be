import { mayCall, mayEverRead, resources, type Actor, type Role } from '../access';

/** Only the role decides here; the ids are nobody's. */
const anyoneAs = (role: Role): Actor => ({
  kind: 'SERVICE_ACCOUNT',
  id: '',
  membershipId: '',
  agencyId: '',
  agencyKind: 'PLATFORM',
  role,
  scopes: null,
});

const mayReadSome = (role: Role, resource: string): boolean =>
  (resources[resource]?.grants ?? []).some((grant) => grant.roles.includes(role));

/** Some field that the role may read leads to the type, and asks for its scope: of a need police read nothing but what to do in danger. */
const isLedTo = (role: Role, resource: string): boolean =>
  Object.entries(resources).some(([type, { leadsTo = {} }]) =>
    Object.entries(leadsTo).some(([field, led]) => led === resource && mayEverRead(anyoneAs(role), type, field)),
  );

const isPossible = (role: Role, resource: string, command: string): boolean =>
  mayCall(anyoneAs(role), resource, command) ||
  (command === 'read' && (mayReadSome(role, resource) || isLedTo(role, resource)));

/**
 * Whoever is let in has no scopes: all that their role may do, and the names it may read, would be the system’s through them. So
 * people let people in, and say what they may do.
 */
const OF_PEOPLE_ONLY: readonly string[] = ['StaffMember:add', 'StaffMember:changeRole'];

/** Everything a partner system of this role could be allowed: `Resource:command`, sorted. `read` opens the fields of a record. */
export const scopesOfRole = (role: Role): string[] =>
  Object.entries(resources)
    .flatMap(([resource, { commands }]) =>
      [...new Set(['read', ...Object.keys(commands)])]
        .filter((command) => isPossible(role, resource, command))
        .map((command) => `${resource}:${command}`),
    )
    .filter((scope) => !OF_PEOPLE_ONLY.includes(scope))
    .sort();
