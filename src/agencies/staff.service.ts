import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor, type Facts } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import { AgenciesStore, type AgencyFacts } from './agencies.store';
import type { AddStaffMemberInput, ChangeStaffRoleInput, EndStaffMembershipInput, MembersArgs } from './member.inputs';
import { MembersStore, type MemberRow } from './members.store';
import {
  alreadyEnded,
  alreadyMember,
  lastAdmin,
  byPeopleOnly,
  notYours,
  otherKindOfAccount,
  roleFault,
} from './refusals';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };
const ADMINS: readonly string[] = ['AGENCY_ADMIN', 'PLATFORM_ADMIN'];

const hasAdminAlready = (): Refusal =>
  new Refusal('FORBIDDEN', 'The agency has an admin, who alone manages its staff.', {
    field: 'input.agencyId',
    remedy: 'Ask the admin of that agency.',
  });

/** The operator opens the door of an agency once; from then on its own admin keeps it. */
const appointmentFault = (actor: Actor, agency: AgencyFacts, { role }: AddStaffMemberInput): Refusal | null => {
  if (agency.id !== actor.agencyId && role !== 'AGENCY_ADMIN') {
    return new Refusal('FORBIDDEN', 'For another agency the operator appoints its first AGENCY_ADMIN only.', {
      field: 'input.role',
      remedy: 'Leave other roles to that agency’s admin.',
    });
  }
  return roleFault(agency.kind, role);
};

/** Who works at an agency. */
@Injectable()
export class StaffService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: MembersStore,
    private readonly agencies: AgenciesStore,
  ) {}

  async page(reader: Reader, args: MembersArgs): Promise<Connection<MemberRow>> {
    return pageOf(await this.store.page(reader, 'STAFF', args, keysetOf(args)), args);
  }

  /** A live member of the asking agency, person or partner system, as they would ask; null for anybody else. */
  actor(reader: Reader, membershipId: string): Promise<Actor | null> {
    return this.store.actor(reader, membershipId);
  }

  /** The asking account's own name, person or partner system. */
  ownName(reader: Reader): Promise<string> {
    return this.store.displayName(reader);
  }

  add(actor: Actor, input: AddStaffMemberInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (actor.kind !== 'STAFF') return byPeopleOnly();
      const agency = await this.agencyToJoin(tx, input);
      if (isRefusal(agency)) return agency;
      const fault = appointmentFault(actor, agency, input);
      if (fault) return fault;
      return this.appoint(tx, agency, input);
    });
  }

  /** Ends the membership and opens another, so that it stays known who was what, and when. Done names the new one. */
  changeRole(actor: Actor, input: ChangeStaffRoleInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (actor.kind !== 'STAFF') return byPeopleOnly();
      const member = await this.activeMember(tx, input.staffMemberId, 'changeRole');
      if (isRefusal(member)) return member;
      const { id, accountId, agencyId, role, displayName, email } = member;
      const fault = roleFault(actor.agencyKind, input.role);
      if (fault) return fault;
      if (role === input.role) return alreadyMember();
      const known = { accountId, agencyId, displayName, email, scopes: null };
      const newId = await this.store.add(tx, { ...known, role: input.role });
      if (newId === null) return alreadyMember();
      await this.store.end(tx, id);
      const details = { from: role, to: input.role, ended: id };
      tx.audit({ action: 'staff-member.role-changed', subjectType: 'StaffMember', subjectId: newId, details });
      return { id: newId };
    });
  }

  end(actor: Actor, input: EndStaffMembershipInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const member = await this.activeMember(tx, input.staffMemberId, 'end');
      if (isRefusal(member)) return member;
      await this.store.end(tx, member.id);
      const details = { role: member.role };
      tx.audit({ action: 'staff-member.ended', subjectType: 'StaffMember', subjectId: member.id, details });
      return { id: member.id };
    });
  }

  private async agencyToJoin(tx: Tx, { agencyId }: AddStaffMemberInput): Promise<AgencyFacts | Refusal> {
    const isOwn = agencyId == null || agencyId === tx.actor.agencyId;
    const agency = await this.agencies.facts(tx, agencyId ?? tx.actor.agencyId);
    if (agency && mayDo(tx.actor, 'StaffMember', 'add', isOwn ? OWN : NO_FACTS)) return agency;
    return isOwn ? notYours() : notFound('agency');
  }

  /** Decided; from here on as Handrail, because an account belongs to no agency. */
  private async appoint(tx: Tx, agency: AgencyFacts, input: AddStaffMemberInput): Promise<Done | Refusal> {
    const { issuer, subject, displayName, email = null, role } = input;
    const system = tx.asSystem();
    await this.store.lockAgency(system, agency.id);
    if (agency.id !== tx.actor.agencyId && (await this.store.hasAdmin(system, agency.id))) return hasAdminAlready();
    const signIn = { kind: 'STAFF', issuer, subject } as const;
    if (await this.store.isOfOtherKind(system, agency.id, signIn)) return otherKindOfAccount();
    const account = await this.store.account(system, { ...signIn, displayName, email });
    const named = { accountId: account.id, displayName, email, scopes: null };
    const id = await this.store.add(system, { ...named, agencyId: agency.id, role });
    if (id === null) return alreadyMember();
    const details = { agencyId: agency.id, role };
    tx.audit({ action: 'staff-member.added', subjectType: 'StaffMember', subjectId: id, details });
    return { id };
  }

  /** The member, with the agency locked; a refusal when there is none, it has ended, or nobody would be left to manage. */
  private async activeMember(tx: Tx, id: string, command: 'changeRole' | 'end'): Promise<MemberRow | Refusal> {
    await this.store.lockAgency(tx, tx.actor.agencyId);
    const [member] = await this.store.byIds(tx, 'STAFF', [id]);
    if (!member) return notFound('staff member');
    if (!mayDo(tx.actor, 'StaffMember', command, member)) return notYours();
    if (!member.isActive) return alreadyEnded();
    const isAdmin = ADMINS.includes(member.role);
    return isAdmin && !(await this.store.hasAdmin(tx, member.agencyId, member.id)) ? lastAdmin() : member;
  }
}
