import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { ServiceAccountsService, StaffService } from '../../src/agencies';
import { AgenciesStore } from '../../src/agencies/agencies.store';
import type { MemberRole } from '../../src/agencies/agency.enums';
import type {
  AddStaffMemberInput,
  ChangeStaffRoleInput,
  CreateServiceAccountInput,
  EndServiceAccountInput,
  EndStaffMembershipInput,
} from '../../src/agencies/member.inputs';
import { MembersStore } from '../../src/agencies/members.store';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import { SignedOut } from '../../src/platform/database/failures';
import type { Done } from '../../src/platform/database/unit-of-work';
import { asOwner, buildActor, buildAgency, buildStaff, type BuiltAgency } from '../builders/agencies';
import { TestUnitOfWork } from '../setup/unit-of-work';

const codeOf = (result: Done | Refusal): string => (isRefusal(result) ? result.code : 'DONE');
const fieldOf = (result: Done | Refusal): string | undefined => (isRefusal(result) ? result.details.field : undefined);
const idOf = (result: Done | Refusal): string => {
  if (isRefusal(result)) throw new Error(`refused: ${result.code} ${result.message}`);
  return result.id;
};

describe('staff and service accounts', () => {
  let db: TestUnitOfWork;
  let staffService: StaffService;
  let systemsService: ServiceAccountsService;
  const store = new MembersStore();
  let police: BuiltAgency;
  let operator: Actor;
  let admin: Actor;
  let officer: Actor;
  let stranger: Actor;

  const staff = {
    add: (actor: Actor, input: AddStaffMemberInput, key?: string) =>
      staffService.add(actor, input, { name: 'addStaffMember', input, key }),
    changeRole: (actor: Actor, input: ChangeStaffRoleInput) =>
      staffService.changeRole(actor, input, { name: 'changeStaffRole', input }),
    end: (actor: Actor, input: EndStaffMembershipInput) =>
      staffService.end(actor, input, { name: 'endStaffMembership', input }),
  };
  const systems = {
    create: (actor: Actor, input: CreateServiceAccountInput, key?: string) =>
      systemsService.create(actor, input, { name: 'createServiceAccount', input, key }),
    end: (actor: Actor, input: EndServiceAccountInput) =>
      systemsService.end(actor, input, { name: 'endServiceAccount', input }),
  };
  const someone = (role: MemberRole, changes: { subject?: string; agencyId?: string } = {}) => ({
    issuer: 'https://id.example',
    subject: `subject-${randomUUID()}`,
    displayName: 'New member',
    role,
    ...changes,
  });
  const someSystem = (role: MemberRole, scopes: string[], subject = `client-${randomUUID()}`) => ({
    issuer: 'https://id.example',
    subject,
    name: 'Dispatch system',
    role,
    scopes,
  });
  const member = async (asker: Actor, id: string) => (await store.byIds(db.unitOfWork.reader(asker), 'STAFF', [id]))[0];
  const signIn = (subject: string, agencyId: string, role: MemberRole) =>
    db.unitOfWork.signIn('https://id.example', subject, agencyId, role);

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    staffService = new StaffService(db.unitOfWork, store, new AgenciesStore());
    systemsService = new ServiceAccountsService(db.unitOfWork, store);
    police = await buildAgency(db.database);
    operator = await buildActor(db.database, 'PLATFORM', 'PLATFORM_ADMIN');
    admin = await buildStaff(db.database, police, 'AGENCY_ADMIN');
    officer = await buildStaff(db.database, police, 'OFFICER');
    stranger = await buildActor(db.database, 'TREATMENT_PROVIDER', 'AGENCY_ADMIN');
  });
  afterAll(() => db.close());

  describe('adding staff', () => {
    it('lets a person in, who can sign in at once', async () => {
      const input = someone('OFFICER');
      const id = idOf(await staff.add(admin, input));
      expect(await member(admin, id)).toMatchObject({ displayName: 'New member', role: 'OFFICER', isActive: true });
      expect(await signIn(input.subject, police.id, 'OFFICER')).toMatchObject({ membershipId: id, scopes: null });
      const audit = await asOwner(db.database, 'select action, details from audit_entry where subject_id = $1', [id]);
      expect(audit).toEqual([{ action: 'staff-member.added', details: { agencyId: police.id, role: 'OFFICER' } }]);
    });

    it('knows the same sign-in again at another agency', async () => {
      const input = someone('OFFICER');
      idOf(await staff.add(admin, input));
      idOf(await staff.add(stranger, { ...input, displayName: 'Other name', role: 'PROVIDER_STAFF' }));
      const accounts = await asOwner(db.database, 'select display_name as name from account where subject = $1', [
        input.subject,
      ]);
      expect(accounts).toEqual([{ name: 'New member' }]);
    });

    it('refuses a role held already, and one the agency cannot give', async () => {
      const input = someone('OFFICER');
      idOf(await staff.add(admin, input));
      expect(codeOf(await staff.add(admin, input))).toBe('ALREADY_EXISTS');
      const result = await staff.add(admin, { ...input, role: 'PROVIDER_STAFF' });
      expect([codeOf(result), fieldOf(result)]).toEqual(['INVALID_INPUT', 'input.role']);
    });

    it('is for the agency’s admin: others are refused, and a foreign agency is not found', async () => {
      expect(codeOf(await staff.add(officer, someone('OFFICER')))).toBe('FORBIDDEN');
      const foreign = await staff.add(stranger, someone('OFFICER', { agencyId: police.id }));
      expect(codeOf(foreign)).toBe('NOT_FOUND');
      expect(foreign).toEqual(await staff.add(stranger, someone('OFFICER', { agencyId: randomUUID() })));
    });

    it('adds one person for one key', async () => {
      const input = someone('OFFICER');
      const first = await staff.add(admin, input, 'one-officer');
      expect(await staff.add(admin, input, 'one-officer')).toEqual(first);
      expect(codeOf(await staff.add(admin, someone('OFFICER'), 'one-officer'))).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('adds one membership when many ask at once', async () => {
      const input = someone('OFFICER');
      const results = await Promise.all(Array.from({ length: 12 }, () => staff.add(admin, input)));
      expect(results.map(codeOf).sort()).toEqual([...Array<string>(11).fill('ALREADY_EXISTS'), 'DONE']);
    });
  });

  describe('the operator', () => {
    it('appoints the first admin of an agency, once, and sees nobody by it', async () => {
      const { id: agencyId } = await buildAgency(db.database, { kind: 'HOSPITAL' });
      const id = idOf(await staff.add(operator, someone('AGENCY_ADMIN', { agencyId })));
      expect(await member(operator, id)).toBeNull();
      const second = await staff.add(operator, someone('AGENCY_ADMIN', { agencyId }));
      expect([codeOf(second), fieldOf(second)]).toEqual(['FORBIDDEN', 'input.agencyId']);
    });

    it('appoints one admin when two operators ask at once', async () => {
      const { id: agencyId } = await buildAgency(db.database, { kind: 'EMS' });
      const both = [1, 2].map(() => staff.add(operator, someone('AGENCY_ADMIN', { agencyId })));
      expect((await Promise.all(both)).map(codeOf).sort()).toEqual(['DONE', 'FORBIDDEN']);
    });

    it('appoints nobody else there, but manages its own people', async () => {
      const { id: agencyId } = await buildAgency(db.database, { kind: 'HOSPITAL' });
      const result = await staff.add(operator, someone('HOSPITAL_STAFF', { agencyId }));
      expect([codeOf(result), fieldOf(result)]).toEqual(['FORBIDDEN', 'input.role']);
      const id = idOf(await staff.add(operator, someone('PLATFORM_ADMIN')));
      expect(codeOf(await staff.end(operator, { staffMemberId: id }))).toBe('DONE');
      expect(codeOf(await staff.end(operator, { staffMemberId: operator.membershipId }))).toBe('ILLEGAL_TRANSITION');
    });
  });

  describe('changing and ending', () => {
    it('gives another role by ending the one and opening the other', async () => {
      const input = someone('OFFICER');
      const old = idOf(await staff.add(admin, input));
      const id = idOf(await staff.changeRole(admin, { staffMemberId: old, role: 'PRIVACY_OFFICER' }));
      expect(await member(admin, old)).toMatchObject({ role: 'OFFICER', isActive: false });
      expect(await member(admin, id)).toMatchObject({ role: 'PRIVACY_OFFICER', isActive: true });
      expect(await signIn(input.subject, police.id, 'OFFICER')).toBeNull();
      expect(await signIn(input.subject, police.id, 'PRIVACY_OFFICER')).not.toBeNull();
    });

    it('refuses the role they hold, a role the agency cannot give, and a membership that has ended', async () => {
      const staffMemberId = idOf(await staff.add(admin, someone('OFFICER')));
      expect(codeOf(await staff.changeRole(admin, { staffMemberId, role: 'OFFICER' }))).toBe('ALREADY_EXISTS');
      expect(codeOf(await staff.changeRole(admin, { staffMemberId, role: 'ANALYST' }))).toBe('INVALID_INPUT');
      idOf(await staff.end(admin, { staffMemberId }));
      expect(codeOf(await staff.changeRole(admin, { staffMemberId, role: 'PRIVACY_OFFICER' }))).toBe(
        'ILLEGAL_TRANSITION',
      );
      expect(codeOf(await staff.end(admin, { staffMemberId }))).toBe('ILLEGAL_TRANSITION');
    });

    it('puts a member out with the next statement', async () => {
      const leaver = await buildStaff(db.database, police, 'OFFICER');
      await db.unitOfWork.reader(leaver).query({ name: 'probe', text: 'select 1' });
      idOf(await staff.end(admin, { staffMemberId: leaver.membershipId }));
      await expect(db.unitOfWork.reader(leaver).query({ name: 'probe', text: 'select 1' })).rejects.toBeInstanceOf(
        SignedOut,
      );
      await expect(staff.add(leaver, someone('OFFICER'))).rejects.toBeInstanceOf(SignedOut);
    });

    it('is for the agency’s admin: a colleague is refused, a foreign id and a random id sound the same', async () => {
      const mine = { staffMemberId: officer.membershipId };
      expect(codeOf(await staff.end(officer, mine))).toBe('FORBIDDEN');
      for (const asker of [stranger, operator]) {
        const random = { staffMemberId: randomUUID() };
        expect(await staff.end(asker, mine)).toEqual(await staff.end(asker, random));
        expect(codeOf(await staff.end(asker, mine))).toBe('NOT_FOUND');
        const role = 'PRIVACY_OFFICER';
        expect(await staff.changeRole(asker, { ...mine, role })).toEqual(
          await staff.changeRole(asker, { ...random, role }),
        );
      }
      expect(await member(admin, officer.membershipId)).toMatchObject({ isActive: true });
    });
  });

  describe('the last admin', () => {
    it('stays until there is another', async () => {
      const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
      const first = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      const mine = { staffMemberId: first.membershipId };
      expect(codeOf(await staff.end(first, mine))).toBe('ILLEGAL_TRANSITION');
      expect(codeOf(await staff.changeRole(first, { ...mine, role: 'SCHOOL_LIAISON' }))).toBe('ILLEGAL_TRANSITION');
      idOf(await staff.add(first, someone('AGENCY_ADMIN')));
      expect(codeOf(await staff.end(first, mine))).toBe('DONE');
    });

    it('does not count a partner system or one who has left', async () => {
      const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
      const first = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      await buildStaff(db.database, agency, 'AGENCY_ADMIN', { kind: 'SERVICE_ACCOUNT', scopes: ['Agency:read'] });
      const leaver = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      idOf(await staff.end(first, { staffMemberId: leaver.membershipId }));
      const result = await staff.end(first, { staffMemberId: first.membershipId });
      expect(isRefusal(result) && result.details['reason']).toBe('LAST_ADMIN');
    });

    it('is left when two admins put each other out at once', async () => {
      for (let round = 0; round < 5; round++) {
        const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
        const [one, two] = [
          await buildStaff(db.database, agency, 'AGENCY_ADMIN'),
          await buildStaff(db.database, agency, 'AGENCY_ADMIN'),
        ];
        const results = await Promise.allSettled([
          staff.end(one, { staffMemberId: two.membershipId }),
          staff.end(two, { staffMemberId: one.membershipId }),
        ]);
        expect(results.filter((r) => r.status === 'fulfilled' && !isRefusal(r.value))).toHaveLength(1);
      }
    });
  });

  describe('walls', () => {
    it('show an agency its own staff only, page after page', async () => {
      const agency = await buildAgency(db.database, { kind: 'CHILD_SERVICES' });
      const own = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      for (let i = 0; i < 4; i++) await staff.add(own, someone('CHILD_SERVICES_WORKER'));
      const reader = db.unitOfWork.reader(own);
      const first = await staffService.page(reader, { first: 3 });
      const rest = await staffService.page(reader, { first: 3, after: first.pageInfo.endCursor ?? null });
      expect([first.nodes.length, rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([3, 2, false]);
      const ids = [...first.nodes, ...rest.nodes].map((node) => node.id);
      expect(new Set(ids).size).toBe(5);
      expect(ids).not.toContain(officer.membershipId);
    });

    it('hide members and accounts of other agencies in the database too', async () => {
      const count = async (asker: Actor, table: 'account' | 'membership', id: string) =>
        (
          await db.unitOfWork
            .reader(asker)
            .query({ name: `see_${table}`, text: `select id from ${table} where id = $1` }, [id])
        ).length;
      expect(await count(admin, 'membership', officer.membershipId)).toBe(1);
      expect(await count(admin, 'account', officer.id)).toBe(1);
      for (const asker of [stranger, operator]) {
        expect(await count(asker, 'membership', officer.membershipId)).toBe(0);
        expect(await count(asker, 'account', officer.id)).toBe(0);
      }
    });
  });

  describe('service accounts', () => {
    it('sign in with their scopes until they are put out', async () => {
      const input = someSystem('OFFICER', ['Agency:read', 'Referral:submit']);
      const id = idOf(await systems.create(admin, input));
      const actor = await signIn(input.subject, police.id, 'OFFICER');
      expect(actor).toMatchObject({ kind: 'SERVICE_ACCOUNT', scopes: ['Agency:read', 'Referral:submit'] });
      idOf(await systems.end(admin, { serviceAccountId: id }));
      expect(await signIn(input.subject, police.id, 'OFFICER')).toBeNull();
      expect(codeOf(await systems.end(admin, { serviceAccountId: id }))).toBe('ILLEGAL_TRANSITION');
    });

    it.each([
      ['an unknown resource', 'Warrant:read'],
      ['an unknown command', 'Agency:destroy'],
      ['what the role may not do at all', 'StaffMember:add'],
    ])('are refused %s as a scope', async (_what, scope) => {
      const result = await systems.create(admin, someSystem('OFFICER', ['Agency:read', scope]));
      expect([codeOf(result), fieldOf(result)]).toEqual(['INVALID_INPUT', 'input.scopes[1]']);
      expect(isRefusal(result) && result.details['allowed']).toContain('Agency:read');
    });

    it('are refused a role the agency cannot give, a second time, and the sign-in of a person', async () => {
      expect(fieldOf(await systems.create(admin, someSystem('ANALYST', ['Agency:read'])))).toBe('input.role');
      const input = someSystem('OFFICER', ['Agency:read']);
      idOf(await systems.create(admin, input));
      expect(codeOf(await systems.create(admin, input))).toBe('ALREADY_EXISTS');
      const person = someone('OFFICER');
      idOf(await staff.add(admin, person));
      expect(fieldOf(await systems.create(admin, someSystem('OFFICER', ['Agency:read'], person.subject)))).toBe(
        'input.subject',
      );
      expect(fieldOf(await staff.add(admin, someone('OFFICER', { subject: input.subject })))).toBe('input.subject');
    });

    it('give nobody more than they may do themselves', async () => {
      const scopes = ['Agency:read', 'ServiceAccount:create', 'StaffMember:add', 'StaffMember:changeRole'];
      const system = await buildStaff(db.database, police, 'AGENCY_ADMIN', { kind: 'SERVICE_ACCOUNT', scopes });
      expect(codeOf(await systems.create(system, someSystem('OFFICER', ['Agency:read'])))).toBe('DONE');
      const wider = await systems.create(system, someSystem('AGENCY_ADMIN', ['Agency:read', 'Agency:update']));
      expect([codeOf(wider), fieldOf(wider)]).toEqual(['FORBIDDEN', 'input.scopes[1]']);
      expect(codeOf(await staff.add(system, someone('OFFICER')))).toBe('DONE');
      expect(fieldOf(await staff.add(system, someone('AGENCY_ADMIN')))).toBe('input.role');
      const change = { staffMemberId: officer.membershipId, role: 'AGENCY_ADMIN' as const };
      expect(fieldOf(await staff.changeRole(system, change))).toBe('input.role');
      expect(codeOf(await staff.end(system, { staffMemberId: officer.membershipId }))).toBe('FORBIDDEN');
    });

    it('are managed by the own admin: foreign and random ids sound the same', async () => {
      const id = idOf(await systems.create(admin, someSystem('OFFICER', ['Agency:read'])));
      const foreign = await systems.end(stranger, { serviceAccountId: id });
      expect(codeOf(foreign)).toBe('NOT_FOUND');
      expect(foreign).toEqual(await systems.end(stranger, { serviceAccountId: randomUUID() }));
      expect(codeOf(await systems.end(officer, { serviceAccountId: id }))).toBe('FORBIDDEN');
      expect(codeOf(await systems.create(officer, someSystem('OFFICER', ['Agency:read'])))).toBe('FORBIDDEN');
      expect((await systemsService.page(db.unitOfWork.reader(stranger), { first: 100 })).nodes).toEqual([]);
      // Neither list shows the other kind.
      expect(codeOf(await staff.end(admin, { staffMemberId: id }))).toBe('NOT_FOUND');
    });

    it('are created once for one key', async () => {
      const input = someSystem('OFFICER', ['Agency:read']);
      const first = await systems.create(admin, input, 'one-system');
      expect(await systems.create(admin, input, 'one-system')).toEqual(first);
    });
  });
});
