import { roles, type Role } from '../access';
import { enumOf } from '../platform/graphql';

export type MemberRole = Exclude<Role, 'SYSTEM'>;

const { SYSTEM: _system, ...memberRoles } = roles;
export const Roles = enumOf(
  'Role',
  memberRoles,
  'What a person or a partner system does at its agency. Which roles there are depends on the agency’s kind.',
);
