import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { ServiceAccountsService, StaffService, type MemberRole } from '../../src/agencies';
import { AgenciesStore } from '../../src/agencies/agencies.store';
import type {
  AddStaffMemberInput,
  ChangeStaffRoleInput,
  CreateServiceAccountInput,
  EndServiceAccountInput,
  EndStaffMembershipInput,
} from '../../src/agencies/member.inputs';
import { MembersStore } from '../../src/agencies/members.store';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import type { Done, UnitOfWork } from '../../src/platform/database/unit-of-work';
import { buildFields } from './fields';

const ISSUER = 'https://id.example';

export const codeOf = (result: Done | Refusal): string => (isRefusal(result) ? result.code : 'DONE');
export const fieldOf = (result: Done | Refusal): string | undefined =>
  isRefusal(result) ? result.details.field : undefined;
export const idOf = (result: Done | Refusal): string => {
  if (isRefusal(result)) throw new Error(`refused: ${result.code} ${result.message}`);
  return result.id;
};

/** A person whom nobody knows yet. */
export const someone = (role: MemberRole, changes: { subject?: string; agencyId?: string } = {}) => ({
  issuer: ISSUER,
  subject: `subject-${randomUUID()}`,
  displayName: 'New member',
  role,
  ...changes,
});

/** A partner system that nobody knows yet. */
export const someSystem = (role: MemberRole, scopes: string[], subject = `client-${randomUUID()}`) => ({
  issuer: ISSUER,
  subject,
  name: 'Dispatch system',
  role,
  scopes,
});

/** The commands over staff and service accounts, named as the API names them. */
export const membersOf = (unitOfWork: UnitOfWork) => {
  const store = new MembersStore(buildFields());
  const staff = new StaffService(unitOfWork, store, new AgenciesStore());
  const systems = new ServiceAccountsService(unitOfWork, store);
  return {
    add: (actor: Actor, input: AddStaffMemberInput, key?: string) =>
      staff.add(actor, input, { name: 'addStaffMember', input, key }),
    changeRole: (actor: Actor, input: ChangeStaffRoleInput) =>
      staff.changeRole(actor, input, { name: 'changeStaffRole', input }),
    end: (actor: Actor, input: EndStaffMembershipInput) =>
      staff.end(actor, input, { name: 'endStaffMembership', input }),
    createSystem: (actor: Actor, input: CreateServiceAccountInput, key?: string) =>
      systems.create(actor, input, { name: 'createServiceAccount', input, key }),
    endSystem: (actor: Actor, input: EndServiceAccountInput) =>
      systems.end(actor, input, { name: 'endServiceAccount', input }),
    staffPage: (actor: Actor, first: number, after: string | null = null) =>
      staff.page(unitOfWork.reader(actor), { first, after }),
    systemsPage: (actor: Actor) => systems.page(unitOfWork.reader(actor), { first: 100 }),
    member: async (actor: Actor, id: string) => (await store.byIds(unitOfWork.reader(actor), 'STAFF', [id]))[0],
    signIn: (subject: string, agencyId: string, role: MemberRole) => unitOfWork.signIn(ISSUER, subject, agencyId, role),
  };
};
