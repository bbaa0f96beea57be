import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { isRefusal } from '../../src/kernel/refusal';
import { buildActor, buildAgency, buildStaff, type BuiltAgency } from '../builders/agencies';
import { codeOf, fieldOf, idOf, membersOf, someone, someSystem } from '../builders/members';
import { TestUnitOfWork } from '../setup/unit-of-work';

describe('service accounts', () => {
  let db: TestUnitOfWork;
  let members: ReturnType<typeof membersOf>;
  let police: BuiltAgency;
  let admin: Actor;
  let officer: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    members = membersOf(db.unitOfWork);
    police = await buildAgency(db.database);
    admin = await buildStaff(db.database, police, 'AGENCY_ADMIN');
    officer = await buildStaff(db.database, police, 'OFFICER');
    stranger = await buildActor(db.database, 'TREATMENT_PROVIDER', 'AGENCY_ADMIN');
  });
  afterAll(() => db.close());

  it('sign in with their scopes until they are put out', async () => {
    const input = someSystem('OFFICER', ['Agency:read', 'Referral:submit']);
    const id = idOf(await members.createSystem(admin, input));
    const actor = await members.signIn(input.subject, police.id, 'OFFICER');
    expect(actor).toMatchObject({ kind: 'SERVICE_ACCOUNT', scopes: ['Agency:read', 'Referral:submit'] });
    idOf(await members.endSystem(admin, { serviceAccountId: id }));
    expect(await members.signIn(input.subject, police.id, 'OFFICER')).toBeNull();
    expect(codeOf(await members.endSystem(admin, { serviceAccountId: id }))).toBe('ILLEGAL_TRANSITION');
  });

  it.each([
    ['an unknown resource', 'Warrant:read'],
    ['an unknown command', 'Agency:destroy'],
    ['what the role may not do at all', 'StaffMember:add'],
  ])('are refused %s as a scope', async (_what, scope) => {
    const result = await members.createSystem(admin, someSystem('OFFICER', ['Agency:read', scope]));
    expect([codeOf(result), fieldOf(result)]).toEqual(['INVALID_INPUT', 'input.scopes[1]']);
    expect(isRefusal(result) && result.details['allowed']).toContain('Agency:read');
  });

  it('are refused a role the agency cannot give, a second time, and the sign-in of a person', async () => {
    expect(fieldOf(await members.createSystem(admin, someSystem('ANALYST', ['Agency:read'])))).toBe('input.role');
    const input = someSystem('OFFICER', ['Agency:read']);
    idOf(await members.createSystem(admin, input));
    expect(codeOf(await members.createSystem(admin, input))).toBe('ALREADY_EXISTS');
    const person = someone('OFFICER');
    idOf(await members.add(admin, person));
    expect(fieldOf(await members.createSystem(admin, someSystem('OFFICER', ['Agency:read'], person.subject)))).toBe(
      'input.subject',
    );
    expect(fieldOf(await members.add(admin, someone('OFFICER', { subject: input.subject })))).toBe('input.subject');
  });

  it('are no news to another agency, which lets the same sign-in in as a person, and the other way round', async () => {
    const system = someSystem('OFFICER', ['Agency:read']);
    const person = someone('OFFICER');
    const other = await buildActor(db.database, 'TREATMENT_PROVIDER', 'AGENCY_ADMIN');
    idOf(await members.createSystem(admin, system));
    idOf(await members.add(admin, person));
    idOf(await members.add(other, someone('PROVIDER_STAFF', { subject: system.subject })));
    idOf(await members.createSystem(other, someSystem('PROVIDER_STAFF', ['Agency:read'], person.subject)));
    const kindOf = async (subject: string, actor: Actor, role: 'OFFICER' | 'PROVIDER_STAFF') =>
      (await members.signIn(subject, actor.agencyId, role))?.kind;
    expect(await kindOf(system.subject, admin, 'OFFICER')).toBe('SERVICE_ACCOUNT');
    expect(await kindOf(system.subject, other, 'PROVIDER_STAFF')).toBe('STAFF');
    expect(await kindOf(person.subject, admin, 'OFFICER')).toBe('STAFF');
    expect(await kindOf(person.subject, other, 'PROVIDER_STAFF')).toBe('SERVICE_ACCOUNT');
  });

  it('give no system more than they may do themselves, and let nobody in, whatever scopes they have from before', async () => {
    const scopes = ['Agency:read', 'ServiceAccount:create', 'StaffMember:add', 'StaffMember:changeRole'];
    const system = await buildStaff(db.database, police, 'AGENCY_ADMIN', { kind: 'SERVICE_ACCOUNT', scopes });
    expect(codeOf(await members.createSystem(system, someSystem('OFFICER', ['Agency:read'])))).toBe('DONE');
    const wider = await members.createSystem(system, someSystem('AGENCY_ADMIN', ['Agency:read', 'Agency:update']));
    expect([codeOf(wider), fieldOf(wider)]).toEqual(['FORBIDDEN', 'input.scopes[1]']);
    // A person has no scopes: all that the role may do, and the names it may read, were the system’s through them.
    for (const role of ['AGENCY_ADMIN', 'OFFICER', 'PRIVACY_OFFICER'] as const) {
      const added = await members.add(system, someone(role));
      expect(codeOf(added)).toBe('FORBIDDEN');
    }
    for (const role of ['AGENCY_ADMIN', 'PRIVACY_OFFICER'] as const) {
      const changed = await members.changeRole(system, { staffMemberId: officer.membershipId, role });
      expect(codeOf(changed)).toBe('FORBIDDEN');
    }
    expect(codeOf(await members.end(system, { staffMemberId: officer.membershipId }))).toBe('FORBIDDEN');
    // Nor can an admin give such a scope any more.
    for (const scope of ['StaffMember:add', 'StaffMember:changeRole']) {
      const given = await members.createSystem(admin, someSystem('AGENCY_ADMIN', ['Agency:read', scope]));
      expect([codeOf(given), fieldOf(given)]).toEqual(['INVALID_INPUT', 'input.scopes[1]']);
    }
  });

  it('are managed by the own admin: foreign and random ids sound the same', async () => {
    const id = idOf(await members.createSystem(admin, someSystem('OFFICER', ['Agency:read'])));
    const foreign = await members.endSystem(stranger, { serviceAccountId: id });
    expect(codeOf(foreign)).toBe('NOT_FOUND');
    expect(foreign).toEqual(await members.endSystem(stranger, { serviceAccountId: randomUUID() }));
    expect(codeOf(await members.endSystem(officer, { serviceAccountId: id }))).toBe('FORBIDDEN');
    expect(codeOf(await members.createSystem(officer, someSystem('OFFICER', ['Agency:read'])))).toBe('FORBIDDEN');
    expect((await members.systemsPage(stranger)).nodes).toEqual([]);
    // Neither list shows the other kind.
    expect(codeOf(await members.end(admin, { staffMemberId: id }))).toBe('NOT_FOUND');
  });

  it('are created once for one key', async () => {
    const input = someSystem('OFFICER', ['Agency:read']);
    const first = await members.createSystem(admin, input, 'one-system');
    expect(await members.createSystem(admin, input, 'one-system')).toEqual(first);
  });
});
