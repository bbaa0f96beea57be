import { rolesOfAgencyKind, type Role } from '../access';
import { invalid, Refusal } from '../kernel/refusal';
import type { AgencyKind } from '../kernel/vocabulary';

export const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'This step is not yours to take.', { remedy: 'Ask an admin of your agency.' });

export const roleFault = (kind: AgencyKind, role: Role): Refusal | null => {
  const allowed = rolesOfAgencyKind[kind];
  if (allowed.includes(role)) return null;
  const fault = invalid(
    'input.role',
    'An agency of this kind cannot give this role.',
    'Choose one of `details.allowed`.',
  );
  return new Refusal(fault.code, fault.message, { ...fault.details, allowed });
};

export const alreadyMember = (): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'They hold this role at this agency already.', {
    field: 'input.role',
    remedy: 'Nothing is to be done, or choose another role.',
  });

/** At one agency a sign-in stands for a person or for a system, not for both. */
export const otherKindOfAccount = (): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'This sign-in works for your agency already, as the other kind.', {
    field: 'input.subject',
    remedy: 'Use another subject of the identity provider.',
  });

export const alreadyEnded = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'This membership has ended; an ended one never changes again.', {
    remedy: 'Add them anew.',
  });

export const lastAdmin = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'This is the last admin of the agency.', {
    reason: 'LAST_ADMIN',
    remedy: 'Appoint another admin first.',
  });

/** Whatever scopes an account from before may have. */
export const byPeopleOnly = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'A partner system lets nobody in and gives nobody a role.', {
    remedy: 'Ask an admin of your agency, signed in as a person.',
  });

/** A partner system must not make itself, through somebody else, more than it is. */
export const beyondOwnScopes = (field: string): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'A partner system cannot give more than it may do itself.', {
    field,
    remedy: 'Ask an admin of your agency, signed in as a person.',
  });
